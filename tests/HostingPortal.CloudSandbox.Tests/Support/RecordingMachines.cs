using System.Collections.Concurrent;
using System.Threading.Channels;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>Machines without systems that tell what was asked of them, call by call.</summary>
internal sealed class RecordingMachines : IMachineHost
{
    private readonly MachinesOff _power = new();
    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

    /// <summary>The next order to create fails with this message.</summary>
    public string? Refusal { get; set; }

    public ConcurrentDictionary<long, MachineSpec> Specs { get; } = [];

    public bool IsReal => false;

    public string? Reason => "recording";

    /// <summary>Waits for the next call, e.g. <c>firewall in tcp 22 0.0.0.0/0</c>.</summary>
    public async Task<string> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _calls.Reader.ReadAsync(deadline.Token);
    }

    public Task CreateAsync(MachineSpec spec, bool start, CancellationToken ct)
    {
        if (Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        Specs[spec.ServerId] = spec;
        return Record("create", _power.CreateAsync(spec, start, ct));
    }

    public Task PowerOnAsync(long serverId, CancellationToken ct) => Record("power on", _power.PowerOnAsync(serverId, ct));

    public Task ShutdownAsync(long serverId, CancellationToken ct) => Record("shutdown", _power.ShutdownAsync(serverId, ct));

    public Task PowerOffAsync(long serverId, CancellationToken ct) => Record("power off", _power.PowerOffAsync(serverId, ct));

    public Task RebuildAsync(MachineSpec spec, CancellationToken ct)
    {
        Specs[spec.ServerId] = spec;
        return Record($"rebuild {spec.Image}", _power.RebuildAsync(spec, ct));
    }

    public Task DeleteAsync(long serverId, CancellationToken ct) => Record("delete", _power.DeleteAsync(serverId, ct));

    public Task AttachNetworkAsync(long serverId, MachineNetwork network, CancellationToken ct) =>
        Record($"attach {network.IpRange} {network.Ip} via {network.Gateway}", Task.CompletedTask);

    public Task DetachNetworkAsync(long serverId, long networkId, CancellationToken ct) => Record("detach", Task.CompletedTask);

    public Task ApplyFirewallAsync(long serverId, IReadOnlyList<MachineFirewallRule>? rules, CancellationToken ct) =>
        Record(rules is null ? "firewall none" : $"firewall {string.Join("; ", rules.Select(Text))}".TrimEnd(), Task.CompletedTask);

    public bool IsRunning(long serverId) => _power.IsRunning(serverId);

    private static string Text(MachineFirewallRule rule) =>
        $"{(rule.Inbound ? "in" : "out")} {rule.Protocol} {rule.Port} {string.Join(',', rule.Cidrs)}";

    private Task Record(string call, Task done)
    {
        _calls.Writer.TryWrite(call);
        return done;
    }
}
