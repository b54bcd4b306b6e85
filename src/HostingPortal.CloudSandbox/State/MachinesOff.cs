using System.Collections.Concurrent;
using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.State;

/// <summary>Keeps only the power state of servers: what <c>--no-machines</c> and tests of the API run with.</summary>
internal sealed class MachinesOff : IMachineHost
{
    private readonly ConcurrentDictionary<long, bool> _power = [];

    public bool IsReal => false;

    public string? Reason => "Servers are simulated: the sandbox was started without machines.";

    public Task CreateAsync(MachineSpec spec, bool start, CancellationToken ct) => Set(spec.ServerId, start);

    public Task PowerOnAsync(long serverId, CancellationToken ct) => Set(serverId, true);

    public Task ShutdownAsync(long serverId, CancellationToken ct) => Set(serverId, false);

    public Task PowerOffAsync(long serverId, CancellationToken ct) => Set(serverId, false);

    public Task RebuildAsync(MachineSpec spec, CancellationToken ct) => Set(spec.ServerId, true);

    public Task DeleteAsync(long serverId, CancellationToken ct)
    {
        _power.TryRemove(serverId, out _);
        return Task.CompletedTask;
    }

    public Task AttachNetworkAsync(long serverId, MachineNetwork network, CancellationToken ct) => Task.CompletedTask;

    public Task DetachNetworkAsync(long serverId, long networkId, CancellationToken ct) => Task.CompletedTask;

    public Task ApplyFirewallAsync(long serverId, IReadOnlyList<MachineFirewallRule>? rules, CancellationToken ct) => Task.CompletedTask;

    public bool IsRunning(long serverId) => _power.GetValueOrDefault(serverId);

    private Task Set(long serverId, bool on)
    {
        _power[serverId] = on;
        return Task.CompletedTask;
    }
}
