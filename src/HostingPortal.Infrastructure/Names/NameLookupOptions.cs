namespace HostingPortal.Infrastructure.Names;

/// <summary>Settings below <c>Names</c>.</summary>
internal sealed class NameLookupOptions
{
    public const string Section = "Names";

    /// <summary>DNS servers to ask, e.g. <c>192.0.2.53</c> or <c>127.0.0.1:8053</c>; the system's when none is set.</summary>
    public IList<string> Resolvers { get; } = [];

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);
}
