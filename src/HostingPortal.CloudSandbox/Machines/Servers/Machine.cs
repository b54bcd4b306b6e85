using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Servers;

/// <summary>One server: its record, its disk and, while it runs, its process. One call at a time.</summary>
internal sealed class Machine(LabSlot lab, ServerLinks links, MachineRecord record, ILogger logger)
{
    private readonly Gate _gate = new();
    private readonly ServerDisk _disk = new(lab, record.Spec.ServerId);
    private Task _run = Task.CompletedTask;
    private volatile int _processId;
    private volatile bool _unplugged;
    private bool _deleted;

    public MachineRecord Record { get; private set; } = record;

    public bool IsRunning => !_run.IsCompleted;

    /// <summary>What the system printed at its last boot; empty before the first.</summary>
    public string Console => HasBooted ? File.ReadAllText(_disk.ConsoleLog) : "";

    public bool HasBooted => File.Exists(_disk.ConsoleLog);

    private long Id => Record.Spec.ServerId;

    /// <summary>Makes a new disk, over <paramref name="record"/>'s image; the machine must be off.</summary>
    public Task FormatAsync(MachineRecord record, CancellationToken ct) => _gate.AloneAsync(async () =>
    {
        await UnplugAsync(ct);
        Record = record;
        await _disk.CreateAsync(record, ct);
    }, ct);

    public Task PowerOnAsync(CancellationToken ct) => _gate.AloneAsync(async () =>
    {
        if (IsRunning || _deleted)
        {
            return;
        }

        _unplugged = false;
        var booting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _run = RunAsync(booting);
        await booting.Task;
    }, ct);

    public async Task ShutdownAsync(CancellationToken ct)
    {
        if (_processId is var pid and not 0)
        {
            await ServerProcess.AskToStopAsync(pid, ct);
        }
    }

    public Task PowerOffAsync(CancellationToken ct) => _gate.AloneAsync(() => UnplugAsync(ct), ct);

    public Task DeleteAsync(CancellationToken ct) => _gate.AloneAsync(async () =>
    {
        await UnplugAsync(ct);
        _deleted = true;
        _disk.Delete();
    }, ct);

    public Task AttachAsync(MachineNetwork network, CancellationToken ct) => _gate.AloneAsync(async () =>
    {
        if (Record.Ports.Values.Any(known => known.NetworkId == network.NetworkId))
        {
            return;
        }

        var port = Record.FreePort;
        if (IsRunning)
        {
            await links.AttachAsync(Id, network, port, ct);
        }

        await SaveAsync(Record with { Ports = new(Record.Ports) { [port] = network } }, ct);
    }, ct);

    public Task DetachAsync(long networkId, CancellationToken ct) => _gate.AloneAsync(async () =>
    {
        foreach (var (port, _) in Record.Ports.Where(port => port.Value.NetworkId == networkId).ToList())
        {
            await links.DetachAsync(Id, port, ct);
            var ports = new SortedDictionary<int, MachineNetwork>(Record.Ports);
            ports.Remove(port);
            await SaveAsync(Record with { Ports = ports }, ct);
        }
    }, ct);

    public Task ApplyFirewallAsync(IReadOnlyList<MachineFirewallRule>? rules, CancellationToken ct) => _gate.AloneAsync(async () =>
    {
        await SaveAsync(Record with { Rules = rules }, ct);
        if (IsRunning && Record.Spec is not { PublicIpv4: null, PublicIpv6: null })
        {
            await links.ApplyRulesAsync(Record, ct);
        }
    }, ct);

    /// <summary>From power on to power off, over all reboots in between; the network is new at each boot.</summary>
    private async Task RunAsync(TaskCompletionSource booting)
    {
        try
        {
            do
            {
                await links.UpAsync(Record, CancellationToken.None);
                var process = ServerProcess.Start(lab.Slot, Record, _disk);
                _processId = process.ProcessId;
                booting.TrySetResult();
                var result = await process;
                _processId = 0;
                if (result.ExitCode is not 0 and not ServerProcess.Reboot && !_unplugged)
                {
                    var lastLines = string.Join(" | ", Console.Split('\n').TakeLast(5));
                    logger.LogError("Server {Server} ended with {ExitCode}: {Console}", Id, result.ExitCode, lastLines);
                }

                await ControlGroups.ClearAsync(lab.Slot.GroupOf(Id), CancellationToken.None);
                await links.DownAsync(Record, CancellationToken.None);
                if (result.ExitCode != ServerProcess.Reboot)
                {
                    break;
                }
            }
            while (!_unplugged);
        }
        catch (LabException failure)
        {
            logger.LogError(failure, "Server {Server} cannot run", Id);
            await links.DownAsync(Record, CancellationToken.None);
            booting.TrySetException(failure);
        }
    }

    private async Task UnplugAsync(CancellationToken ct)
    {
        _unplugged = true;
        while (IsRunning)
        {
            // Again and again: the process may have been on its way into its group.
            await ControlGroups.ClearAsync(lab.Slot.GroupOf(Id), ct);
            await Task.WhenAny(_run, Task.Delay(20, ct));
        }
    }

    private Task SaveAsync(MachineRecord record, CancellationToken ct)
    {
        Record = record;
        return _disk.SaveAsync(record, ct);
    }
}
