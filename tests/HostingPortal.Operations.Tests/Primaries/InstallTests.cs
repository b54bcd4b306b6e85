using System.Net;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>A bare server became the Primary, and the main job passed from there.</summary>
[Trait("Suite", "primary")]
[Collection(PrimaryCollection.Name)]
public sealed class InstallTests(InstalledPrimary primary)
{
    [Fact]
    public async Task Install_OnABareServer_MainJobPassesFromThere()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True(primary.Took < TimeSpan.FromMinutes(5), $"took {primary.Took}");
        Assert.Equal(HttpStatusCode.OK, await primary.Server.HealthAsync(ct));
        Assert.Contains(primary.Work.Node, await primary.MarkedServersAsync(ct));

        // The link is used up, and it never was in the log.
        Assert.DoesNotContain("setup?code=", await primary.Server.RunAsync("journalctl -u portal-web -o cat", ct), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => PortalClient.SetUpAsync(primary.Server.Address, primary.SetupLink, ct, primary.Server.Way()));
    }

    [Fact]
    public async Task Install_Repeated_ChangesNothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var (first, release) = await primary.Server.InstallAsync(ct);
        Assert.True(first == 0, release);
        var (again, second) = await primary.Server.InstallAsync(ct);
        Assert.True(again == 0, second);
        Assert.Matches("changed=0 .*failed=0", second);
        Assert.DoesNotContain("The first visit", second, StringComparison.Ordinal);
        var (check, dry) = await primary.Server.InstallAsync(ct, "--check");
        Assert.True(check == 0, dry);
        Assert.Matches("changed=0 .*failed=0", dry);
    }

    [Fact]
    public async Task Installed_SeenFromOutside_OffersNothingElse()
    {
        var ct = TestContext.Current.CancellationToken;
        var listening = await primary.Server.RunAsync("ss -Hltn | awk '{print $4}' | grep -vE '^(127\\.|\\[::1\\])' | sed -E 's/.*://' | sort -un | tr '\\n' ' '", ct);
        Assert.Equal("22 80 443", listening.Trim());
        Assert.Equal("600 root", (await primary.Server.RunAsync("stat -c '%a %U' /etc/hostingportal/portal.env", ct)).Trim());
        Assert.Equal("hostingportal", (await primary.Server.RunAsync("ps -o user= -p $(systemctl show -p MainPID --value portal-web)", ct)).Trim()[..13]);
        Assert.Equal("", await primary.Server.RunAsync("journalctl -u portal-web _SYSTEMD_UNIT=portal-web.service -o cat | grep -v '^{' | grep -vE 'creates the first admin|this version is broken' || true", ct));

        // Names that are not the portal's get no certificate, plain HTTP leads to HTTPS.
        using var way = primary.Server.Way();
        way.AllowAutoRedirect = false;
        using var http = new HttpClient(way);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("https://other.hosting.example/"), ct));
        Assert.Equal($"https://{PrimaryServer.Name}/x", (await http.GetAsync(new Uri($"http://{PrimaryServer.Name}/x"), ct)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task NightlyBackup_ByItsUnit_LeavesAnArchiveThatCanBeRestored()
    {
        var ct = TestContext.Current.CancellationToken;
        await primary.Server.RunAsync("systemctl start portal-backup.service", ct);
        var archive = (await primary.Server.RunAsync("ls /var/backups/hostingportal/*.tar | tail -n 1", ct)).Trim();
        Assert.EndsWith(".tar", archive, StringComparison.Ordinal);
        Assert.Equal("active", (await primary.Server.RunAsync("systemctl is-active portal-backup.timer", ct)).Trim());
        var said = await Assert.ThrowsAsync<InvalidOperationException>(() => primary.Server.RunAsync($"portal-primary run restore {archive} --replace --check", ct));
        Assert.Contains("stop every portal first", said.Message, StringComparison.Ordinal);
    }
}
