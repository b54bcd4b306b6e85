namespace HostingPortal.CloudSandbox.State;

/// <summary>What one API token sees.</summary>
internal sealed class Project
{
    public List<SshKey> SshKeys { get; init; } = [];

    public List<Server> Servers { get; init; } = [];

    public List<PrimaryIp> PrimaryIps { get; init; } = [];

    public List<Network> Networks { get; init; } = [];

    public List<Firewall> Firewalls { get; init; } = [];

    public List<Zone> Zones { get; init; } = [];

    public List<ActionRecord> Actions { get; init; } = [];

    public IEnumerable<PrimaryIp> AddressesOf(Server server) => PrimaryIps.Where(ip => ip.AssigneeId == server.Id);
}
