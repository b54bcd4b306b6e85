namespace HostingPortal.Infrastructure;

/// <summary>Settings below <c>Data</c>.</summary>
internal sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>Folder of the portal, absolute or relative to the working directory.</summary>
    public string Folder { get; set; } = "data";
}
