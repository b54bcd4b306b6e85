using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure;

/// <summary>The portal's own folder for what is not in the database: the key file and the private database. Never in git.</summary>
internal sealed class DataFolder(string root)
{
    public DataFolder(IOptions<DataOptions> options)
        : this(options.Value.Folder)
    {
    }

    public string Root { get; } = Path.GetFullPath(root);

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>
    /// Makes the folder. Others may pass through but not list it: a private database started by root runs as another user below it.
    /// </summary>
    public void Create() => Directory.CreateDirectory(
        Root,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
}
