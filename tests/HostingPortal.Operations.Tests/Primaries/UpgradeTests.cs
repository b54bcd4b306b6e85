using System.Net;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>Another version in place, and back when it does not work.</summary>
[Trait("Suite", "primary")]
[Collection(PrimaryCollection.Name)]
public sealed class UpgradeTests(InstalledPrimary primary)
{
    /// <summary>Answers what the installer asks of any release, then spoils the data and ends, as a version with a wrong schema update would.</summary>
    private const string Broken = """
        #!/bin/sh
        case "$1" in content-version) exec "$(dirname "$0")/HostingPortal.Web.real" "$@" ;; esac
        mariadb portal -e 'SET FOREIGN_KEY_CHECKS = 0; DROP TABLE sites; CREATE TABLE from_the_future (id INT)'
        echo 'Unhandled exception: this version is broken.'
        exit 1
        """;

    [Fact]
    public async Task Install_NewerVersionDuringARun_RunGoesOnAndNodesAreUntouched()
    {
        var ct = TestContext.Current.CancellationToken;
        using var admin = primary.Server.SignIn(primary.Token);
        var before = await primary.ReleaseAsync(ct);
        var touched = await NodeAsync(ct);
        var run = (await admin.PostAsync($"nodes/{primary.Work.Node}/check", new { }, ct)).GetProperty("runId").GetInt64();
        var programs = await primary.ProgramsAsync(ct);
        await File.WriteAllTextAsync(Path.Combine(programs.FullName, "newer.txt"), "another version\n", ct);

        var (code, output) = await primary.Server.InstallAsync(ct, "--programs", programs.FullName);

        Assert.True(code == 0, output);
        Assert.NotEqual(before, await primary.ReleaseAsync(ct));
        Assert.Equal(HttpStatusCode.OK, await primary.Server.HealthAsync(ct));
        Assert.Equal("succeeded", await admin.WaitAsync(run, ct));
        Assert.Equal(touched, await NodeAsync(ct));
        Assert.Contains(".tar", await primary.Server.RunAsync("ls /var/backups/hostingportal/before-upgrade", ct), StringComparison.Ordinal);
        programs.Delete(recursive: true);
    }

    [Fact]
    public async Task Install_BrokenVersion_FormerProgramsAndDataComeBackByThemselves()
    {
        var ct = TestContext.Current.CancellationToken;
        using var admin = primary.Server.SignIn(primary.Token);
        var before = await primary.ReleaseAsync(ct);
        var programs = await BrokenAsync(ct);

        var (code, output) = await primary.Server.InstallAsync(ct, "--programs", programs.FullName);

        Assert.NotEqual(0, code);
        Assert.Contains("this version is broken", output, StringComparison.Ordinal);
        Assert.Contains("its data are back in service", output, StringComparison.Ordinal);
        await WorksAsBeforeAsync(before, admin, ct);
        programs.Delete(recursive: true);
    }

    [Fact]
    public async Task Switch_CutOffInTheMiddle_NextOnePutsBackFirst()
    {
        var ct = TestContext.Current.CancellationToken;
        using var admin = primary.Server.SignIn(primary.Token);
        var before = await primary.ReleaseAsync(ct);
        await primary.Server.RunAsync($"""
            cd /opt/hostingportal/portal/releases && rm -rf broken && cp -a {before} broken && mv broken/HostingPortal.Web broken/HostingPortal.Web.real
            cat >broken/HostingPortal.Web <<'TEXT'
            {Broken}
            TEXT
            chmod 755 broken/HostingPortal.Web
            systemd-run --quiet --unit=test-switch portal-primary switch broken
            for i in $(seq 600); do mariadb portal -N -e 'SHOW TABLES' | grep -q from_the_future && break; sleep 0.1; done
            systemctl kill -s KILL test-switch; systemctl reset-failed test-switch || true
            """, ct);

        Assert.Contains("a switch that was cut off", await primary.Server.RunAsync($"portal-primary switch {before}", ct), StringComparison.Ordinal);
        await WorksAsBeforeAsync(before, admin, ct);
        await primary.Server.RunAsync("rm -rf /opt/hostingportal/portal/releases/broken", ct);
    }

    private async Task WorksAsBeforeAsync(string release, PortalClient admin, CancellationToken ct)
    {
        Assert.Equal(release, await primary.ReleaseAsync(ct));
        Assert.Equal(HttpStatusCode.OK, await primary.Server.HealthAsync(ct));
        Assert.Equal("online", (await admin.GetAsync($"sites/{primary.Work.Site}", ct)).GetProperty("state").GetString());
        Assert.Equal("", (await primary.Server.RunAsync("mariadb portal -N -e \"SHOW TABLES LIKE 'from_the_future'\"", ct)).Trim());
        Assert.Equal("succeeded", await admin.WaitAsync((await admin.PostAsync($"nodes/{primary.Work.Node}/check", new { }, ct)).GetProperty("runId").GetInt64(), ct));
    }

    private async Task<DirectoryInfo> BrokenAsync(CancellationToken ct)
    {
        var programs = await primary.ProgramsAsync(ct);
        var program = Path.Combine(programs.FullName, "HostingPortal.Web");
        File.Move(program, program + ".real");
        await File.WriteAllTextAsync(program, Broken + "\n", ct);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return programs;
    }

    /// <summary>When the node's settings were last written, and what it was last brought to.</summary>
    private async Task<string> NodeAsync(CancellationToken ct)
    {
        using var admin = primary.Server.SignIn(primary.Token);
        var node = await admin.GetAsync($"nodes/{primary.Work.Node}", ct);
        return $"{node.GetProperty("inStep")} {node.GetProperty("convergedContent")} {node.GetProperty("state")}";
    }
}
