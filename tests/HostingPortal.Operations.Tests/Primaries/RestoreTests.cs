using System.Net;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>The Primary is destroyed while it orders a node; a fresh server takes its place.</summary>
[Trait("Suite", "primary")]
[Collection(PrimaryCollection.Name)]
public sealed class RestoreTests(InstalledPrimary primary)
{
    [Fact]
    public async Task Restore_OntoAFreshServerDuringAnOrder_OrderEndsWellAndNothingIsStray()
    {
        var ct = TestContext.Current.CancellationToken;
        var safe = Directory.CreateTempSubdirectory("hp-safe-");
        var (archive, key) = (Path.Combine(safe.FullName, "backup.tar"), Path.Combine(safe.FullName, "secrets.key"));
        long run;
        string second;
        var before = await primary.MarkedServersAsync(ct);
        using (var admin = primary.Server.SignIn(primary.Token))
        {
            var ordered = await admin.PostAsync(
                "nodes", new { projectId = primary.Work.Project, name = "web-2", template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13" }, ct);
            (run, second) = (ordered.GetProperty("runId").GetInt64(), ordered.GetProperty("nodeId").GetString()!);
            while ((await primary.MarkedServersAsync(ct)).Count == before.Count)
            {
                await Task.Delay(50, ct);
            }
        }

        await primary.Server.RunAsync("portal-primary run backup --to /var/backups/hostingportal/now", ct);
        await primary.Server.FetchAsync("/var/backups/hostingportal/now/*.tar", archive, ct);
        await primary.Server.FetchAsync("/var/lib/hostingportal/keys/secrets.key", key, ct);
        await primary.Lab.DestroyAsync(primary.Server, ct);

        primary.Server = await primary.Lab.OrderAsync(ct);
        var (code, output) = await primary.Server.InstallAsync(ct, [.. primary.Lab.FirstWords(), "--restore", archive, "--key", key]);

        Assert.True(code == 0, output);
        Assert.Equal(HttpStatusCode.OK, await primary.Server.HealthAsync(ct));
        using var again = primary.Server.SignIn(primary.Token);
        Assert.Equal("succeeded", await again.WaitAsync(run, ct));
        Assert.Equal("ready", (await again.GetAsync($"nodes/{second}", ct)).GetProperty("state").GetString());
        Assert.Equal(before.Append(second).Order(StringComparer.Ordinal), await primary.MarkedServersAsync(ct));
        Assert.Equal("succeeded", await again.WaitAsync((await again.PostAsync($"nodes/{primary.Work.Node}/converge", new { }, ct)).GetProperty("runId").GetInt64(), ct));
        Assert.Equal("", await primary.Server.RunAsync("ls -A /var/lib/hostingportal/restore /opt/hostingportal/portal/restore 2>/dev/null || true", ct));
        safe.Delete(recursive: true);
    }
}
