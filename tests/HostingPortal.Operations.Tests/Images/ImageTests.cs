using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Operations.Tests.Images;

/// <summary>The Dockerfile, built whole and started as an engine would: its own user, no capabilities, read-only root, its volumes.</summary>
public sealed class ImageTests
{
    private const string Image = "localhost/hostingportal:test";

    [Fact]
    public async Task Dockerfile_BuiltAndBooted_AnswersHealthy()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var buildah = new Buildah();
        await BaseImage.MakeAsync(buildah, ct);
        var packages = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await buildah.RunAsync(
            ["bud", "--isolation", "chroot", "--network", "host", "--format", "docker", "--build-arg", $"SDK_IMAGE={BaseImage.Name}", "--build-arg", $"RUNTIME_IMAGE={BaseImage.Name}",
            "--volume", $"{BaseImage.DotNet}:{BaseImage.DotNet}:ro", "--volume", $"{packages}:/root/.nuget/packages", "--tag", Image, Checkout.Root], ct);
        var config = await ImageConfig.ReadAsync(buildah, Image, ct);
        var (_, root) = await buildah.MountAsync(Image, ct);

        Assert.Equal("10001:10001", config.User);
        Assert.Equal(["/data", "/keys"], config.Volumes.Order());
        Assert.False(Directory.Exists($"{root}{BaseImage.DotNet}/sdk/"), "the image carries an SDK");
        Assert.False(Directory.Exists($"{root}/source"), "the image carries sources");
        Assert.Equal(HttpStatusCode.OK, await BootAsync(config, root, ct));
    }

    /// <summary>Starts the image's entry point and runs its own health check inside until it passes; then asks from outside.</summary>
    private static async Task<HttpStatusCode> BootAsync(ImageConfig config, string root, CancellationToken ct)
    {
        var volumes = Directory.CreateTempSubdirectory("hp-volumes-");
        var port = Tool.FreePort();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = Cli.Wrap("systemd-nspawn").WithArguments(Arguments(config, root, volumes.FullName, port)).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(stop.Token);
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            var address = new Uri($"http://127.0.0.1:{port}/healthz");
            Assert.Equal("http://localhost:8080/healthz", config.HealthCheck[^1]);
            for (var attempt = 0; attempt < 120 && !running.Task.IsCompleted; attempt++)
            {
                try
                {
                    return (await http.GetAsync(address, ct)).StatusCode;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(500, ct);
                }
            }

            Assert.True(running.Task.IsCompleted, "the image runs and does not answer");
            var ended = await running;
            throw new InvalidOperationException($"The image ended with {ended.ExitCode}:\n{ended.StandardOutput}\n{ended.StandardError}");
        }
        finally
        {
            await stop.CancelAsync();
            await running.Task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            volumes.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Arguments(ImageConfig config, string root, string volumes, int port)
    {
        yield return "--quiet";
        foreach (var option in new[] { $"--directory={root}", $"--machine=hp-image-{Environment.ProcessId}", "--register=no", "--keep-unit", "--read-only", "--as-pid2", "--no-new-privileges=yes",
            "--drop-capability=all", "--tmpfs=/tmp:mode=1777", "--resolv-conf=off", "--timezone=off", "--link-journal=no", "--console=pipe", "--user=hostingportal", $"--chdir={config.Folder}" })
        {
            yield return option;
        }

        foreach (var volume in config.Volumes)
        {
            var folder = Directory.CreateDirectory(volumes + volume).FullName;
            using var owner = System.Diagnostics.Process.Start("chown", [config.User, folder]);
            owner.WaitForExit();
            yield return $"--bind={folder}:{volume}";
        }

        foreach (var variable in config.Environment.Select(e => e.StartsWith("ASPNETCORE_HTTP_PORTS=", StringComparison.Ordinal) ? $"ASPNETCORE_HTTP_PORTS={port}" : e))
        {
            yield return $"--setenv={variable}";
        }

        foreach (var word in config.EntryPoint)
        {
            yield return word;
        }
    }
}
