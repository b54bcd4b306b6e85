namespace HostingPortal.Infrastructure.Executors;

/// <summary>Settings below <c>Executor</c>: the machine where Ansible runs.</summary>
internal sealed class ExecutorOptions
{
    public const string Section = "Executor";

    /// <summary>Name or address. Empty: the portal starts, but every run ends with <c>executor.not_configured</c>.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 22;

    public string User { get; set; } = "portal";

    /// <summary>OpenSSH private key, readable by the portal's user alone.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The executor's pinned public host key, e.g. <c>ssh-ed25519 AAAA…</c>. Another key is refused.</summary>
    public string HostKey { get; set; } = "";

    /// <summary>Addresses the executor reaches nodes from, in CIDR form; its own address when not set.</summary>
    public IList<string> Addresses { get; } = [];

    /// <summary>Where the bare repository of <c>{project}</c> lies; the host <c>executor</c> stands for the connection above.</summary>
    public string InventoryRemote { get; set; } = "ssh://executor/var/lib/hostingportal/inventories/{project}.git";

    /// <summary>How long one answer of the executor may take; installing content has its own, longer limit.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long bringing the executor to new content may take.</summary>
    public TimeSpan InstallTimeout { get; set; } = TimeSpan.FromMinutes(20);

    public bool IsConfigured => Host.Length > 0;
}
