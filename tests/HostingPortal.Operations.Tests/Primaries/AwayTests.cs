using System.Text.Json;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>The Primary is off for hours of simulated time: the master's timer and the node's own go on, and everything is told afterwards.</summary>
[Trait("Suite", "primary")]
[Collection(PrimaryCollection.Name)]
public sealed class AwayTests(InstalledPrimary primary)
{
    /// <summary>Makes every certificate of the node old, then lets its timer's service try.</summary>
    private const string Renew = """
        cd /etc/hostingportal/certificates
        for meta in */meta.json; do sed -i -E 's/"not_after": [0-9]+/"not_after": 1/' "$meta"; done
        systemctl start portal-certificates.service || true
        cat /var/lib/hostingportal/lego/*/tries.json
        """;

    [Fact]
    public async Task PrimaryOff_TimersGoOn_EverythingIsToldAfterwardsInOrder()
    {
        var ct = TestContext.Current.CancellationToken;
        var managed = await primary.ManagedAsync(ct);
        using var admin = primary.Server.SignIn(primary.Token);
        var shell = await managed.ShellAsync(primary.Server, admin, ct);
        Assert.Equal("active", (await shell.MasterAsync("systemctl is-active portal-watch.timer", ct)).Trim());
        Assert.Equal("", await shell.TimerAsync(0, ct)); // While the portal is there the timer leaves the nodes to it.

        await primary.Server.RunAsync("systemctl stop portal-web", ct);
        try
        {
            await AloneAsync(shell, ct);
        }
        finally
        {
            await primary.Server.RunAsync("systemctl start portal-web", CancellationToken.None);
        }

        var came = await CameAsync(admin, managed.Project, ct);
        Assert.All(came, r => Assert.Equal(("check", "succeeded"), (r.GetProperty("kind").GetString(), r.GetProperty("state").GetString())));
        Assert.Equal([false, true, true], came.Select(r => r.GetProperty("changedCount").GetInt32() > 0));
        var started = came.Select(r => r.GetProperty("startedAt").GetDateTime()).ToList();
        Assert.Equal(started.Order(), started);
        Assert.Equal("drift", (await admin.GetAsync($"nodes/{managed.Node}", ct)).GetProperty("state").GetString());
        Assert.Equal("", (await shell.MasterAsync("ls /var/lib/hostingportal/runs | grep ^t- || true", ct)).Trim());

        // Back again: the drift is undone and the renewal passes.
        Assert.Equal("succeeded", await admin.WaitAsync((await admin.PostAsync($"nodes/{managed.Node}/converge", new { }, ct)).GetProperty("runId").GetInt64(), ct));
        var renewed = await shell.NodeAsync("rm -f /var/lib/hostingportal/lego/*/tries.json; portal-certificates renew", ct);
        Assert.DoesNotMatch("failed|1970", renewed); // by the converge, or now
    }

    /// <summary>What happens while the portal is away: three turns of the timer and a renewal.</summary>
    private static async Task AloneAsync(ManagedShell shell, CancellationToken ct)
    {
        List<string> timed = [await shell.TimerAsync(1, ct)];
        await shell.NodeAsync("rm /etc/sysctl.d/60-hostingportal.conf", ct);
        timed.Add(await shell.TimerAsync(2, ct));
        timed.Add(await shell.TimerAsync(3, ct));
        Assert.Equal(3, timed.Distinct().Count(t => t.StartsWith("t-", StringComparison.Ordinal)));

        // A renewal is tried without the Primary's broker: it fails, says so, and keeps the certificate.
        Assert.Contains("\"count\": 1", await shell.NodeAsync(Renew, ct), StringComparison.Ordinal);
        Assert.Contains("BEGIN CERTIFICATE", await shell.NodeAsync("cat /etc/hostingportal/certificates/*/fullchain.pem", ct), StringComparison.Ordinal);
    }

    /// <summary>The runs by the master's timer, oldest first, once three are told and ended; a little later there are still three.</summary>
    private static async Task<List<JsonElement>> CameAsync(PortalClient admin, string project, CancellationToken ct)
    {
        for (var calm = 0; ; await Task.Delay(500, ct))
        {
            var runs = (await admin.TryGetAsync($"runs?projectId={project}&pageSize=100", ct))?.GetProperty("items").EnumerateArray()
                .Where(r => r.GetProperty("byMaster").GetBoolean()).OrderBy(r => r.GetProperty("id").GetInt64()).ToList() ?? [];
            calm = runs.Count == 3 && runs.All(r => r.GetProperty("endedAt").ValueKind != JsonValueKind.Null) ? calm + 1 : 0;
            Assert.True(runs.Count <= 3, "a run was told twice");
            if (calm > 10)
            {
                return runs;
            }
        }
    }
}
