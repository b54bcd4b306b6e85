using System.Globalization;
using System.Net.Http.Json;
using CliWrap;
using HostingPortal.Operations.Tests.Backups;

namespace HostingPortal.Operations.Tests;

/// <summary><c>./portal up</c> that is killed, started again and asked to stop: what it started never outlives it for long.</summary>
public sealed class LauncherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_KilledThenStartedThenStopped_LeavesNothing()
    {
        await using var up = new UpPortal();
        await up.StartAsync(Ct);
        await SetUpOnceAsync(up);
        Assert.NotEqual("0", UserOf(PidIn(up, "portal.pid")));
        var (code, output) = await up.CallAsync(Ct, "up");
        Assert.Equal(1, code);
        Assert.Contains("already runs here", output, StringComparison.Ordinal);

        var first = Started(up);
        await up.KillAsync();
        Assert.All(first.Where(pid => pid != first[0]), pid => Assert.True(Runs(pid), "a killed launcher ends nothing itself"));
        await up.StartAsync(Ct);
        Assert.All(first, pid => Assert.False(Runs(pid)));

        var second = Started(up);
        Assert.Equal(0, await up.StopAsync());
        Assert.All(second, pid => Assert.False(Runs(pid)));
        Assert.DoesNotContain(up.State, await Tool.RunAsync(["findmnt", "-rn", "-o", "TARGET"], Ct), StringComparison.Ordinal);
    }

    /// <summary>The link makes the first admin and nobody else; its file goes with it.</summary>
    private static async Task SetUpOnceAsync(UpPortal up)
    {
        var file = Path.Combine(up.Data, "setup-link.txt");
        var link = await File.ReadAllTextAsync(file, Ct);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await PortalClient.SetUpAsync(up.Address, link, Ct);
        Assert.False(File.Exists(file));
        using var second = new HttpClient { BaseAddress = up.Address };
        var again = await second.PostAsJsonAsync(
            "api/v1/setup", new { code = link.Trim().Split("?code=")[1], email = "second@hosting.example", displayName = "Second", password = "correct-Horse-8-battery" }, Ct);
        Assert.Contains("Setup.Done", await again.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await second.PostAsJsonAsync("api/v1/tokens", new { email = "second@hosting.example", password = "correct-Horse-8-battery", name = "test" }, Ct)).StatusCode);
    }

    [Fact]
    public async Task Doctor_NoSdk_SaysSoAndGoesOn()
    {
        var path = Directory.CreateTempSubdirectory("portal-doctor-");
        foreach (var tool in (string[])["bash", "id", "grep", "awk", "df", "tail", "tr", "dirname", "dpkg-query", "findmnt", "unshare", "nft", "sha256sum", "cut", "basename"])
        {
            File.CreateSymbolicLink(Path.Combine(path.FullName, tool), (await Tool.RunAsync(["which", tool], Ct)).Trim());
        }

        var answer = await Tool.TryAsync(["env", $"PATH={path.FullName}", "/bin/bash", Checkout.File("portal"), "doctor"], Ct);
        path.Delete(recursive: true);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("✗ .NET 10 SDK", answer.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Install the .NET 10 SDK", answer.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Lab servers", answer.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("To look at:", answer.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("up")]
    public async Task Start_WithoutRoot_SaysWhoMustRunItAndStartsNothing(string command)
    {
        var answer = await Tool.TryAsync(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "/bin/bash", Checkout.File("portal"), command], Ct);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("run this as root: lab servers need it", answer.StandardError, StringComparison.Ordinal);
        Assert.Empty(answer.StandardOutput);
    }

    [Fact]
    public async Task Start_NoSdkOrAnOldOne_SaysWhatToInstall()
    {
        var path = Directory.CreateTempSubdirectory("portal-sdk-");
        foreach (var tool in (string[])["bash", "id", "dirname"])
        {
            File.CreateSymbolicLink(Path.Combine(path.FullName, tool), (await Tool.RunAsync(["which", tool], Ct)).Trim());
        }

        string[] start = ["env", $"PATH={path.FullName}", "/bin/bash", Checkout.File("portal"), "demo"];
        Assert.Contains("the .NET 10 SDK is missing. Install it", (await Tool.TryAsync(start, Ct)).StandardError, StringComparison.Ordinal);
        var old = Path.Combine(path.FullName, "dotnet");
        await File.WriteAllTextAsync(old, "#!/bin/bash\necho 8.0.100\n", Ct);
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var answer = await Tool.TryAsync(start, Ct);
        path.Delete(recursive: true);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("the .NET SDK here is 8.0.100; version 10 is needed", answer.StandardError, StringComparison.Ordinal);
    }

    /// <summary>The simulator alone: its own port, any token is a Hetzner project of its own.</summary>
    [Fact]
    public async Task Sandbox_ByTheScript_AnswersAsHetznerDoesAndEndsWhenAsked()
    {
        var port = Tool.FreePort();
        using var force = new CancellationTokenSource();
        using var ends = Ct.Register(force.Cancel);
        var running = Cli.Wrap("/bin/bash").WithArguments([Checkout.File("portal"), "sandbox", "--port", $"{port}", "--no-machines"])
            .WithWorkingDirectory(Checkout.Root).WithValidation(CommandResultValidation.None).ExecuteAsync(force.Token);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", new string('a', 64));
        string? places = null;
        for (var wait = 0; wait < 600 && places is null && !running.Task.IsCompleted; wait++)
        {
            await Record.ExceptionAsync(async () => places = await client.GetStringAsync("locations", Ct));
            await Task.Delay(100, Ct);
        }

        Assert.Contains("fsn1", places, StringComparison.Ordinal);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "short");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync("locations", Ct)).StatusCode);
        await Tool.RunAsync(["kill", "-TERM", $"{running.ProcessId}"], Ct);
        var ended = await Task.WhenAny(running.Task, Task.Delay(TimeSpan.FromSeconds(30), Ct)) == running.Task;
        await force.CancelAsync();
        Assert.True(ended, "it was asked to end and did not");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("locations", Ct));
    }

    /// <summary>Launcher, sandbox, portal and its MariaDB.</summary>
    private static int[] Started(UpPortal up) =>
        [PidIn(up, "launcher.pid"), PidIn(up, "sandbox.pid"), PidIn(up, "portal.pid"), PidIn(up, Path.Combine("portal", "mariadb", "mariadb.pid"))];

    private static int PidIn(UpPortal up, string file) =>
        int.Parse(File.ReadAllText(Path.Combine(up.State, "up", file)).Split(' ', '\n')[0], CultureInfo.InvariantCulture);

    private static bool Runs(int pid) => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static string UserOf(int pid) => File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
}
