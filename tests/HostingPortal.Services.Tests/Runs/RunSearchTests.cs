using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Search, single lines and redaction over logs that went through the real storage.</summary>
public sealed class RunSearchTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lock-FRONTEND", false, "could not get lock /var/lib/dpkg/lock-frontend")]
    [InlineData("[sites : install", false, "TASK [sites : Install sites]")]
    [InlineData("finished, exit", false, "finished, exit code 0")]
    [InlineData("exit code", false, "finished, exit code 0")]
    [InlineData("a+b (c)", false, "literal a+b (c) ü\"quoted\" <tag>")]
    [InlineData("ü\"quoted\" <t", false, "literal a+b (c) ü\"quoted\" <tag>")]
    [InlineData("^could .* lock", true, "could not get lock /var/lib/dpkg/lock-frontend")]
    [InlineData("end of the long one", false, null)]
    public async Task Search_TextOfALine_FindsItWithinAllThatIsStored(string text, bool regex, string? line)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var longOne = new string('x', 3 * RunLines.MaxLength) + " end of the long one";
        await portal.StoreAsync(world, tenant.RunId, [
            [RunLogStore.Line("literal a+b (c) ü\"quoted\" <tag>"), RunLogStore.Line("one\ntwo\ncould not get lock /var/lib/dpkg/lock-frontend")],
            [RunLogStore.Line(longOne)]], Ct);

        var hits = await FindAsync(portal, tenant, text, regex);
        var number = Assert.Single(hits);
        Assert.Equal(line ?? longOne, await portal.Get<RunLogService>().GetWholeLineAsync(tenant.Owner, tenant.RunId, number, Ct));
        var drawn = Assert.Single(await portal.Get<RunLogService>().GetLinesAsync(tenant.Owner, tenant.RunId, number, 1, Ct));
        Assert.Equal(line is null ? longOne.Length - RunLines.MaxLength : 0, drawn.Hidden);
    }

    [Fact]
    public async Task Search_FromALineOn_LeavesOutWhatCameBefore()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await portal.StoreAsync(world, tenant.RunId, [[RunLogStore.Line("needle\nhay\nneedle")], [RunLogStore.Line("needle")]], Ct);
        var all = await FindAsync(portal, tenant, "needle", false);
        Assert.Equal(3, all.Count);
        Assert.Equal(all.Skip(1), await FindAsync(portal, tenant, "needle", false, all[0] + 1));
    }

    [Theory]
    [InlineData("", false, "Run.SearchLength")]
    [InlineData("(", true, "Run.SearchPattern")]
    [InlineData(@"(a)\1", true, "Run.SearchPattern")]
    [InlineData("(?=a)", true, "Run.SearchPattern")]
    public void Of_PatternThatCannotBeUsed_IsRefused(string text, bool regex, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolationException>(() => RunLogMatcher.Of(text, regex)).Code);

    [Fact]
    public void IsIn_PatternMadeToBacktrack_EndsAtOnce() => Assert.False(RunLogMatcher.Of("(a+)+$", regex: true).IsIn(new string('a', RunLines.MaxLength) + "!"));

    [Fact]
    public async Task Store_SecretsOfTheRun_NeverReachTheDatabase()
    {
        var secret = new Secret("Tr0ub4dor&3/zeta+kappa");
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var plain = secret.Reveal();
        var base64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("user:" + plain));
        List<IReadOnlyList<string>> batches = [[RunLogStore.Line($"password={plain} done"), RunLogStore.Line($"Authorization: Basic {base64}"), "no event " + plain]];
        for (var at = 6; at < plain.Length - 6; at++)
        {
            batches.Add([RunLogStore.Line("out " + plain[..at])]);
            batches.Add([RunLogStore.Line(plain[at..] + " rest")]);
        }

        await portal.StoreAsync(world, tenant.RunId, batches, Ct, secret);
        var stored = await RunLogStore.StoredAsync(world, tenant.RunId, Ct);
        Assert.Contains("password=", stored, StringComparison.Ordinal);
        for (var at = 0; at + Redactor.Shortest <= plain.Length; at++)
        {
            Assert.DoesNotContain(plain.Substring(at, Redactor.Shortest), stored, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(base64[8..24], stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetLastTime_SameTaskInAnEarlierRun_IsItsResult()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var log = portal.Get<RunLogService>();
        Assert.Null(await log.GetLastTimeAsync(tenant.Owner, tenant.RunId, 1, tenant.NodeId, Ct));
        var run = await portal.Get<Domain.Nodes.NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkOffAsync(Ct);
        var last = await log.GetLastTimeAsync(tenant.Owner, run, 1, tenant.NodeId, Ct);
        Assert.Equal((run - 1, TaskResult.Changed), (last!.RunId, last.Result));
        Assert.Equal(("2.19", null), (await log.GetMachineAsync(tenant.Owner, run, Ct)) is var machine ? (machine.AnsibleVersion, machine.Command) : default);
        Assert.StartsWith("ansible-playbook --diff -i inventory/hosts.yml --limit n-", (await log.GetMachineAsync(Tenant.Support, run, Ct)).Command, StringComparison.Ordinal);
    }

    internal static async Task<List<int>> FindAsync(Instance portal, Tenant tenant, string text, bool regex, int from = 1)
    {
        var hits = new List<int>();
        await foreach (var piece in portal.Get<RunSearchService>().SearchAsync(tenant.Owner, tenant.RunId, new RunLogQuery(text, regex, from), Ct))
        {
            hits.AddRange(piece.Lines);
        }

        return hits;
    }
}
