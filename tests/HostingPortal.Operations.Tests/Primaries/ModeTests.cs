namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>A direct project with a node and a site gets a Project Master, and gives it back; the site goes on all the time.</summary>
[Trait("Suite", "primary")]
[Collection(PrimaryCollection.Name)]
public sealed class ModeTests(InstalledPrimary primary)
{
    [Fact]
    public async Task DirectToManagedAndBack_NodesAlreadyThere_RunsGoOnFromWhereTheyShould()
    {
        var ct = TestContext.Current.CancellationToken;
        using var admin = primary.Server.SignIn(primary.Token);
        var project = primary.Work.Project;
        await admin.PostAsync($"projects/{project}/manage", new { }, ct);
        var master = await ManagedJob.OrderAsync(admin, project, "master", "project-master", ct);
        var adopt = await admin.FindJobAsync(project, "adopt", 0, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(adopt, ct));
        Assert.Equal("succeeded", await admin.WaitAsync(await admin.FindJobAsync(project, "rotate-nodes", adopt, ct), ct));
        await WorksAsync(admin, ct);
        Assert.StartsWith("10.", (await admin.GetAsync($"nodes/{primary.Work.Node}", ct)).GetProperty("privateIpv4").GetString(), StringComparison.Ordinal);
        Assert.Equal("closed", await SshAsync(admin, ct));
        Assert.Equal("", (await primary.Server.RunAsync($"ls -A /var/lib/hostingportal/secrets/{project}", ct)).Trim());

        var release = (await admin.PostAsync($"projects/{project}/release", new { }, ct)).GetProperty("runId").GetInt64();
        Assert.Equal("succeeded", await admin.WaitAsync(release, ct));
        foreach (var job in new[] { "rotate-nodes", "renew-secrets" })
        {
            Assert.Equal("succeeded", await admin.WaitAsync(await admin.FindJobAsync(project, job, release, ct), ct));
        }

        await WorksAsync(admin, ct);
        Assert.Equal("open", await SshAsync(admin, ct));
        var removal = (await admin.DeleteAsync($"nodes/{master}", new { name = "master" }, ct)).GetProperty("runId").GetInt64();
        Assert.Equal("succeeded", await admin.WaitAsync(removal, ct));
        Assert.DoesNotContain(master, await primary.MarkedServersAsync(ct));
        await WorksAsync(admin, ct);
    }

    /// <summary>A converge and a comparison of who can reach what succeed, and the site answers.</summary>
    private async Task WorksAsync(PortalClient admin, CancellationToken ct)
    {
        foreach (var path in new[] { $"nodes/{primary.Work.Node}/converge", $"projects/{primary.Work.Project}/check-reach" })
        {
            Assert.Equal("succeeded", await admin.WaitAsync((await admin.PostAsync(path, new { }, ct)).GetProperty("runId").GetInt64(), ct));
        }

        Assert.Equal("online", (await admin.GetAsync($"sites/{primary.Work.Site}", ct)).GetProperty("state").GetString());
    }

    /// <summary>From the Primary to the node's public address.</summary>
    private async Task<string> SshAsync(PortalClient admin, CancellationToken ct)
    {
        var node = (await admin.GetAsync($"nodes/{primary.Work.Node}", ct)).GetProperty("publicIpv4").GetString();
        return (await primary.Server.RunAsync($"timeout 3 bash -c 'exec 3<>/dev/tcp/{node}/22' 2>/dev/null && echo open || echo closed", ct)).Trim();
    }
}
