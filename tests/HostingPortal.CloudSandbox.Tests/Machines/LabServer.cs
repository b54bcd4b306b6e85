using System.Diagnostics;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Servers;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>One server of a test, reached over SSH with its pinned host key and nothing else.</summary>
internal sealed class LabServer(LabMachineHost host, MachineSpec spec, SshKeys keys) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public MachineSpec Spec => spec;

    public long Id => spec.ServerId;

    public TimeSpan BootTime { get; set; }

    public string Ipv4 => spec.PublicIpv4!;

    public string Ipv6 => spec.PublicIpv6!.Replace("::/64", "::1", StringComparison.Ordinal);

    /// <summary>Runs a command as <c>deploy</c> and returns what it printed; fails the test when it fails.</summary>
    public async Task<string> RunAsync(string command, string? address = null)
    {
        var result = await TryAsync(command, address);
        return result.Code == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException($"{command}: {result.Code} {result.Output} {result.Error}");
    }

    public async Task<(int Code, string Output, string Error)> TryAsync(string command, string? address = null)
    {
        var result = await Shell.TryAsync([
            "ssh", "-i", keys.UserKey, "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile={keys.KnownHosts}",
            "-o", "HostKeyAlias=lab-server", "-o", "BatchMode=yes", "-o", "ConnectTimeout=2", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR",
            $"deploy@{address ?? spec.PublicIpv4 ?? Ipv6}", command,
        ], CancellationToken.None);
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }

    public async Task WaitForSshAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var (code, _, error) = await TryAsync("true");
            if (code == 0)
            {
                return;
            }

            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"{error}\n{host.ConsoleOf(Id)}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Waits until the machine's processes are gone (or there).</summary>
    public async Task WaitAsync(bool running)
    {
        var watch = Stopwatch.StartNew();
        while (host.IsRunning(Id) != running)
        {
            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"running is not {running}\n{host.ConsoleOf(Id)}");
            }

            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await host.DeleteAsync(Id, CancellationToken.None);
}
