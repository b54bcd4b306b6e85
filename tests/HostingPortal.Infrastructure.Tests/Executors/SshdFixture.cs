using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Infrastructure.Executors;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Executors;

/// <summary>A real sshd on loopback for the tests' own user; <c>sudo</c> leads to <c>fake-executor.py</c>.</summary>
public sealed class SshdFixture : IAsyncLifetime
{
    private const string Sshd = "/usr/sbin/sshd";
    private readonly PrivateFolder folder = new();
    private readonly int port = FreePort();
    private string hostKey = "";

    /// <summary>Where the fake program keeps what it is told.</summary>
    public string Home => folder.File("bin");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Sshd), "The Debian package openssh-server is not installed.");
        await KeyAsync("host");
        await KeyAsync("user");
        hostKey = (await File.ReadAllTextAsync(folder.File("host.pub"))).Trim();
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory("/run/sshd");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Executors", "fake-executor.py"), Path.Combine(Home, "fake-executor.py"));
        var sudo = Path.Combine(Home, "sudo");
        await File.WriteAllTextAsync(sudo, $"#!/bin/sh\nshift\n[ \"$1\" = bash ] && exec \"$@\"\nshift\nexec python3 {Home}/fake-executor.py \"$@\"\n");
        File.SetUnixFileMode(sudo, (UnixFileMode)0b111_101_101);
        await StartAsync();
    }

    internal ExecutorOptions Options() => new()
    {
        Host = "127.0.0.1",
        Port = port,
        User = Environment.UserName,
        KeyFile = folder.File("user"),
        HostKey = hostKey,
        CallTimeout = TimeSpan.FromSeconds(20),
    };

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(folder.File("sshd_config"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder.File("host")}
            PidFile {folder.File("sshd.pid")}
            AuthorizedKeysFile {folder.File("user.pub")}
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            SetEnv PATH={Home}:/usr/local/bin:/usr/bin:/bin

            """);
        await Cli.Wrap(Sshd).WithArguments(["-f", folder.File("sshd_config"), "-E", folder.File("sshd.log")]).ExecuteAsync();
        while (!File.Exists(folder.File("sshd.pid")))
        {
            await Task.Delay(10);
        }
    }

    /// <summary>Cuts every connection and stops listening.</summary>
    public async Task StopAsync()
    {
        if (!File.Exists(folder.File("sshd.pid")))
        {
            return;
        }

        var pid = (await File.ReadAllTextAsync(folder.File("sshd.pid"))).Trim();
        var children = await Cli.Wrap("pgrep").WithArguments(["-P", pid]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        var all = children.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Append(pid);
        await Cli.Wrap("kill").WithArguments(["-KILL", .. all]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        File.Delete(folder.File("sshd.pid"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private async Task KeyAsync(string name) =>
        await Cli.Wrap("ssh-keygen").WithArguments(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder.File(name)]).ExecuteBufferedAsync();

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return int.Parse(listener.LocalEndpoint.ToString()!.Split(':')[^1], CultureInfo.InvariantCulture);
    }
}
