namespace HostingPortal.Launcher;

/// <summary>Where programs and data of this checkout lie. The script sets the variables.</summary>
/// <param name="Programs">Folder with <c>web</c> and <c>sandbox</c>.</param>
/// <param name="State">Folder for data and logs of this command.</param>
/// <param name="User">Unprivileged user the portal runs as.</param>
internal sealed record Places(string Programs, string State, string User)
{
    public string Web => Path.Combine(Programs, "web", "HostingPortal.Web.dll");

    public string Sandbox => Path.Combine(Programs, "sandbox", "HostingPortal.CloudSandbox.dll");

    public string SandboxData => Path.Combine(State, "sandbox");

    public string PortalData => Path.Combine(State, "portal");

    public string Logs => Path.Combine(State, "logs");

    /// <summary>Removes all data, keys and logs of an earlier start.</summary>
    public void Empty()
    {
        foreach (var folder in new[] { SandboxData, PortalData, Logs, Path.Combine(State, "keys") }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static Places FromEnvironment(string command)
    {
        string Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new LaunchException($"{name} is not set; start this program with ./portal {command}.");
        return new Places(Read("PORTAL_PROGRAMS"), Path.Combine(Read("PORTAL_STATE"), command), Read("PORTAL_USER"));
    }
}
