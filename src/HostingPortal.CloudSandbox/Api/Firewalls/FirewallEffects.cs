using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Firewalls;

/// <summary>Keeps each machine's rules equal to what its firewalls say, also when only a label changed.</summary>
internal sealed class FirewallEffects : BackgroundService
{
    private readonly WorldStore _store;
    private readonly IMachineHost _machines;
    private readonly ILogger<FirewallEffects> _logger;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What each machine was last given, by server id, as JSON; machines not made yet are not in it.</summary>
    private readonly ConcurrentDictionary<long, string> _applied = [];

    /// <summary>One at a time per machine, so that older rules never overtake newer ones.</summary>
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _gates = [];

    public FirewallEffects(WorldStore store, IMachineHost machines, ILogger<FirewallEffects> logger)
    {
        (_store, _machines, _logger) = (store, machines, logger);
        store.Changed += () => _changes.Writer.TryWrite(true);
    }

    public static IEnumerable<Firewall> Of(Project project, Server server) => project.Firewalls.Where(f => Applies(f, server));

    public static bool Applies(Firewall firewall, Server server) =>
        firewall.ServerIds.Contains(server.Id) || firewall.Selectors.Exists(s => LabelSelector.Parse(s)!.Matches(server.Labels));

    /// <summary>The union of the rules of all firewalls of a server; null without any firewall.</summary>
    public static IReadOnlyList<MachineFirewallRule>? Rules(Project project, Server server)
    {
        var firewalls = Of(project, server).ToList();
        return firewalls.Count == 0 ? null : [.. firewalls.SelectMany(f => f.Rules).Select(FirewallRules.ToMachine)];
    }

    public object[] StatusOf(Project project, Server server)
    {
        var status = _applied.TryGetValue(server.Id, out var applied) && applied == Key(Rules(project, server)) ? "applied" : "pending";
        return [.. Of(project, server).Select(firewall => new { firewall.Id, Status = status })];
    }

    /// <summary>Gives the machine its present rules; does nothing when it has them.</summary>
    public async Task ApplyAsync(Project project, Server server, CancellationToken ct)
    {
        var gate = _gates.GetOrAdd(server.Id, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(ct);
        try
        {
            var rules = _store.Locked(_ => Rules(project, server));
            if (_applied.GetValueOrDefault(server.Id) != Key(rules))
            {
                await _machines.ApplyFirewallAsync(server.Id, rules, ct);
                _applied[server.Id] = Key(rules);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Forget(long serverId) => _applied.TryRemove(serverId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _changes.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var (project, server) in _store.Locked(Outdated))
            {
                await TryApplyAsync(project, server, stoppingToken);
            }
        }
    }

    private async Task TryApplyAsync(Project project, Server server, CancellationToken ct)
    {
        try
        {
            await ApplyAsync(project, server, ct);
        }
#pragma warning disable CA1031 // One machine that refuses its rules must not keep the others from theirs.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "Rules of server {ServerId} could not be applied", server.Id);
        }
    }

    private List<(Project Project, Server Server)> Outdated(World world) =>
    [
        .. from project in world.Projects.Values
           from server in project.Servers
           where _applied.TryGetValue(server.Id, out var applied) && applied != Key(Rules(project, server))
           select (project, server),
    ];

    private static string Key(IReadOnlyList<MachineFirewallRule>? rules) => JsonSerializer.Serialize(rules, SandboxJson.Options);
}
