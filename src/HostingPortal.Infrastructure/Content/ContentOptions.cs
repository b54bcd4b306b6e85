namespace HostingPortal.Infrastructure.Content;

/// <summary>Settings below <c>Content</c>.</summary>
internal sealed class ContentOptions
{
    public const string Section = "Content";

    /// <summary>Folder of the Ansible content this portal ships, absolute or relative to the program.</summary>
    public string Folder { get; set; } = "ansible-content";
}
