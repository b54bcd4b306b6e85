using System.Diagnostics;
using System.Globalization;
using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Servers;
using HostingPortal.CloudSandbox.Machines.Slots;
using HostingPortal.CloudSandbox.Tests.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>One running lab for all tests on real machines; each test orders its own servers from it.</summary>
public sealed class LabFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly List<LabServer> _shared = [];
    private IHost? _host;
    private int _nextServer;

    internal FakeZones Zones { get; } = new();

    internal LabMachineHost Host => _host!.Services.GetRequiredService<LabMachineHost>();

    internal Slot Slot => _host!.Services.GetRequiredService<LabSlot>().Slot;

    internal LabInfo Info => _host!.Services.GetRequiredService<LabInfo>();

    internal SshKeys Keys { get; } = new();

    /// <summary>Starts the lab on first use, so that tests without servers do not pay for it.</summary>
    internal async Task StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _host ??= await StartHostAsync(new LabOptions { HostPorts = [OpenHostPort] }, Zones);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The one port of this machine that servers of the lab may reach.</summary>
    internal const int OpenHostPort = 5987;

    internal static async Task<IHost> StartHostAsync(LabOptions options, IZoneData zones)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(zones);
        builder.Services.AddMachines(options);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Boots a server with a pinned host key and waits until SSH answers under it.</summary>
    internal async Task<LabServer> BootAsync(Func<MachineSpec, MachineSpec>? change = null)
    {
        await StartAsync();
        var server = Order(change);
        var watch = Stopwatch.StartNew();
        await Host.CreateAsync(server.Spec, start: true, CancellationToken.None);
        await server.WaitForSshAsync();
        server.BootTime = watch.Elapsed;
        return server;
    }

    /// <summary>Servers that tests use one after the other and leave as they were; each call starts them without a firewall.</summary>
    internal async Task<IReadOnlyList<LabServer>> SharedAsync(int count)
    {
        await StartAsync();
        while (_shared.Count < count)
        {
            _shared.Add(await BootAsync());
        }

        foreach (var server in _shared)
        {
            await Host.ApplyFirewallAsync(server.Id, null, CancellationToken.None);
        }

        return _shared;
    }

    internal LabServer Order(Func<MachineSpec, MachineSpec>? change = null)
    {
        var number = Interlocked.Increment(ref _nextServer) + 10;
        var spec = new MachineSpec(
            1000 + number,
            $"server-{number}",
            "debian-13",
            Keys.UserData,
            RootPassword: null,
            [],
            $"198.18.{Slot.Number}.{number}",
            $"2001:db8:{Slot.Number}:{number.ToString("x", CultureInfo.InvariantCulture)}::/64",
            [],
            4096);
        return new LabServer(Host, change?.Invoke(spec) ?? spec, Keys);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        _starting.Dispose();
        Keys.Dispose();
    }
}
