using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-");

    [Fact]
    public async Task Data_AfterARestart_AnswersTheSame()
    {
        string[] paths = ["/ssh_keys", "/networks", "/firewalls", "/zones", "/zones/keep.test/rrsets", "/primary_ips", "/servers"];
        var token = SandboxServer.NewToken();
        var before = new List<string>();
        await using (var server = await StartAsync())
        {
            using var project = new ApiClient(server, token);
            await FillAsync(project);
            foreach (var path in paths)
            {
                before.Add((await project.GetAsync(path)).ToJsonString());
            }
        }

        await using var again = await StartAsync();
        using var same = new ApiClient(again, token);
        await same.UntilAsync("/servers", "servers.0.status", "running");
        await same.UntilAsync("/servers", "servers.0.public_net.firewalls.0.status", "applied");
        Assert.Equal(before, await Task.WhenAll(paths.Select(async path => (await same.GetAsync(path)).ToJsonString())));
        Assert.True((await same.PostAsync("/ssh_keys", Samples.SshKey("next"))).Id("ssh_key") > 1000);
    }

    [Fact]
    public async Task Create_CutOffByTheEndOfTheProcess_IsFinishedAfterwards()
    {
        var token = SandboxServer.NewToken();
        long id;
        await using (var slow = await StartAsync(TimeSpan.FromMinutes(10)))
        {
            using var project = new ApiClient(slow, token);
            var created = await project.PostAsync("/servers", Samples.Server("s"));
            id = created.Id("next_actions.0");
        }

        await using var again = await StartAsync();
        using var same = new ApiClient(again, token);
        Assert.Equal("success", (await same.EndedAsync(id)).Text("status"));
        Assert.Equal("running", (await same.GetAsync("/servers")).Text("servers.0.status"));
    }

    [Fact]
    public async Task Snapshot_HoldsNoToken()
    {
        var token = SandboxServer.NewToken();
        await using (var server = await StartAsync())
        {
            using var project = new ApiClient(server, token);
            await project.PostAsync("/ssh_keys", Samples.SshKey("k"));
        }

        Assert.DoesNotContain(token, await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "world.json")), StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task FillAsync(ApiClient project)
    {
        await project.PostAsync("/ssh_keys", Samples.SshKey("k"));
        var network = (await project.PostAsync("/networks", Samples.Network("n"))).Id("network");
        await project.DoneAsync(await project.PostAsync("/servers", Samples.Server("s", new { a = "b" }, new[] { network })));
        var rules = new[] { Samples.Rule("22") };
        await project.DoneAsync(await project.PostAsync("/firewalls", new { name = "f", rules, apply_to = new[] { Samples.OnLabels("a=b") } }));
        await project.DoneAsync(await project.PostAsync("/zones", new { name = "keep.test", mode = "primary" }));
        var records = new[] { new { value = "\"ü\"", comment = "c" } };
        await project.DoneAsync(await project.PostAsync("/zones/keep.test/rrsets", new { name = "x", type = "TXT", ttl = 60, records }));
    }

    private Task<SandboxServer> StartAsync(TimeSpan? actions = null) => SandboxServer.StartAsync(
        SandboxFixture.Options with { DataDirectory = _folder.FullName, ActionDuration = actions ?? SandboxFixture.Options.ActionDuration });
}
