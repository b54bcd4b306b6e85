using System.Collections.Concurrent;
using HostingPortal.CloudSandbox.Machines.Images;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Servers;

/// <summary>Boots a real Debian for each server. Disks, plugs and rules of an earlier process are found again in the data folder.</summary>
internal sealed class LabMachineHost(LabSlot lab, BaseImages images, ServerLinks links, ILogger<LabMachineHost> logger) : IMachineHost
{
    private readonly ConcurrentDictionary<long, Machine> _machines = [];

    public bool IsReal => true;

    public string? Reason => null;

    /// <summary>Takes over the servers in the data folder, all switched off.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        foreach (var id in ServerDisk.All(lab))
        {
            if (await new ServerDisk(lab, id).LoadAsync(ct) is { } record)
            {
                _machines[id] = new Machine(lab, links, record, logger);
            }
        }
    }

    public async Task CreateAsync(MachineSpec spec, bool start, CancellationToken ct)
    {
        if (_machines.TryGetValue(spec.ServerId, out var known) && known.HasBooted)
        {
            throw new LabException($"Server {spec.ServerId} has a disk in use already; it can be rebuilt or deleted.");
        }

        var record = await RecordAsync(spec, rules: null, ct);
        var machine = _machines.GetOrAdd(spec.ServerId, _ => new Machine(lab, links, record, logger));
        await machine.FormatAsync(record, ct);
        if (start)
        {
            await machine.PowerOnAsync(ct);
        }
    }

    public Task PowerOnAsync(long serverId, CancellationToken ct) => Get(serverId).PowerOnAsync(ct);

    public Task ShutdownAsync(long serverId, CancellationToken ct) => Get(serverId).ShutdownAsync(ct);

    public Task PowerOffAsync(long serverId, CancellationToken ct) => Get(serverId).PowerOffAsync(ct);

    public async Task RebuildAsync(MachineSpec spec, CancellationToken ct)
    {
        var machine = Get(spec.ServerId);
        await machine.FormatAsync(await RecordAsync(spec, machine.Record.Rules, ct), ct);
        await machine.PowerOnAsync(ct);
    }

    public async Task DeleteAsync(long serverId, CancellationToken ct)
    {
        if (_machines.TryRemove(serverId, out var machine))
        {
            await machine.DeleteAsync(ct);
        }
    }

    public Task AttachNetworkAsync(long serverId, MachineNetwork network, CancellationToken ct) => Get(serverId).AttachAsync(network, ct);

    public Task DetachNetworkAsync(long serverId, long networkId, CancellationToken ct) => Get(serverId).DetachAsync(networkId, ct);

    public Task ApplyFirewallAsync(long serverId, IReadOnlyList<MachineFirewallRule>? rules, CancellationToken ct) =>
        Get(serverId).ApplyFirewallAsync(rules, ct);

    public bool IsRunning(long serverId) => _machines.TryGetValue(serverId, out var machine) && machine.IsRunning;

    /// <summary>The server that sends from this public address, or null.</summary>
    public MachineRecord? FindByIpv4(string address) => _machines.Values.FirstOrDefault(machine => machine.Record.Spec.PublicIpv4 == address)?.Record;

    /// <summary>What a server printed while booting.</summary>
    public string ConsoleOf(long serverId) => Get(serverId).Console;

    /// <summary>Pulls every plug.</summary>
    public Task StopAllAsync(CancellationToken ct) => Task.WhenAll(_machines.Values.Select(machine => machine.PowerOffAsync(ct)));

    private async Task<MachineRecord> RecordAsync(MachineSpec spec, IReadOnlyList<MachineFirewallRule>? rules, CancellationToken ct)
    {
        var numbered = spec.Networks.Select((network, port) => KeyValuePair.Create(port, network));
        var ports = new SortedDictionary<int, MachineNetwork>(numbered.ToDictionary());
        return new MachineRecord(spec, await images.EnsureAsync(spec.Image, ct), ports, rules);
    }

    private Machine Get(long serverId) => _machines.GetValueOrDefault(serverId) ?? throw new LabException($"Server {serverId} has no machine.");
}
