namespace HostingPortal.Infrastructure;

/// <summary>Finds programs also where an unprivileged user's PATH does not look.</summary>
internal static class Programs
{
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <exception cref="InvalidOperationException">It is not installed; the message names the Debian package.</exception>
    public static string Find(string name, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(SystemFolders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"The program {name} is missing. Install the Debian package {package}.");
    }
}
