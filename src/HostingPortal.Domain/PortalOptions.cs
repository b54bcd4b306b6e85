using System.ComponentModel.DataAnnotations;

namespace HostingPortal.Domain;

/// <summary>Settings of this installation, section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Marks everything this installation makes at Hetzner; two portals sharing an account must differ. Label characters, at most 40.</summary>
    [RegularExpression("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]")]
    public string Instance { get; set; } = "portal";

    /// <summary>Address people use, e.g. <c>https://portal.example.com</c> or <c>https://example.com/hosting</c>. Links in mails and invitations start with it.</summary>
    [Required, Url]
    public string BaseUrl { get; set; } = "http://localhost:5080";

    /// <summary>Address nodes use for the DNS-01 broker; empty: the base address.</summary>
    public string BrokerUrl { get; set; } = "";

    /// <summary>Where portal instances reach Project Masters from, CIDR, besides the executor's addresses; empty where both are one machine.</summary>
    public string[] Addresses { get; set; } = [];

    /// <summary>Seconds from SIGTERM during which requests are still answered while <c>/healthz</c> says 503, so that a balancer sends no more; 0 without a balancer.</summary>
    [Range(0, 20)]
    public int DrainSeconds { get; set; }

    /// <summary>Most runs this instance works on at once.</summary>
    [Range(1, 200)]
    public int MaxRuns { get; set; } = 20;

    /// <summary>Most runs of all instances at once.</summary>
    [Range(1, 2000)]
    public int MaxRunsOverall { get; set; } = 60;

    /// <summary>Most runs of one client at once.</summary>
    [Range(1, 200)]
    public int MaxRunsPerClient { get; set; } = 4;

    /// <summary>A run's play is stopped after this many minutes.</summary>
    [Range(1, 1440)]
    public int RunMinutes { get; set; } = 60;

    /// <summary>A play that says nothing for so many minutes is stopped.</summary>
    [Range(1, 1440)]
    public int RunIdleMinutes { get; set; } = 30;

    /// <summary>Logs of runs are kept for so many days; the run itself, its outcome and its changes stay.</summary>
    [Range(1, 3650)]
    public int RunLogDays { get; set; } = 90;

    /// <summary>Above so many megabytes of logs, as they are stored, the oldest go sooner.</summary>
    [Range(1, 10_000_000)]
    public int RunLogMegabytes { get; set; } = 20_000;

    /// <summary>Host names that no client may claim, besides those of the portal's own addresses.</summary>
    public string[] ReservedNames { get; set; } = [];
}

/// <summary>Where nodes get certificates, section <c>Acme</c>.</summary>
public sealed class AcmeOptions
{
    public const string Section = "Acme";

    [Required, Url]
    public string Directory { get; set; } = "https://acme-v02.api.letsencrypt.org/directory";

    /// <summary>Contact address of the accounts; each node has its own account.</summary>
    public string Email { get; set; } = "";

    /// <summary>PEM of the CA that signed the directory's own TLS certificate; empty for public CAs.</summary>
    public string CaPem { get; set; } = "";
}
