using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Projects;

/// <summary>What a master's timer did while the portal was away arrives as runs: in order, none twice.</summary>
public sealed class MasterTimerTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private World world = null!;
    private Instance portal = null!;
    private Managed managed = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync(server, ct);
        portal = world.Start();
        managed = await Managed.CreateAsync(portal, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Play_OfAManagedNode_TellsTheMasterWhatToLookAfter()
    {
        var watch = managed.Master.Watches[managed.Project];
        Assert.Equal((WatchMode.Check, FakeExecutor.Content, "converge-nodes"), (watch.Mode, watch.ContentVersion, watch.Playbook));
        Assert.Empty(watch.Limit);

        // The node's first play ends with the key it keeps; from then on the timer knows it.
        await managed.ShowHostKeyAsync(ct);
        await portal.Get<NodeService>().ConvergeAsync(managed.Tenant.Owner, managed.Node, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal([managed.Node], managed.Master.Watches[managed.Project].Limit);
        Assert.StartsWith($"{managed.Node} ssh-ed25519 ", managed.Master.Watches[managed.Project].KnownHosts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_AfterAnAbsence_RunsComeInOrderAndNoneTwice()
    {
        var started = managed.Master.Started.Count;
        string[] keys = ["t-0001a-1", "t-0001b-2", "t-0001c-3"];
        foreach (var (key, hour) in keys.Select((k, i) => (k, i)))
        {
            managed.Master.PlayTimed(Timed(key, hour));
        }

        // Two instances look at the same moment, then again.
        await using var other = world.Start();
        var counts = await Task.WhenAll(portal.Get<MasterFetch>().TickAsync(ct), other.Get<MasterFetch>().TickAsync(ct));
        Assert.Equal(3, counts.Sum());
        await portal.WorkOffAsync(ct);
        Assert.Equal(0, await portal.Get<MasterFetch>().TickAsync(ct));

        var runs = await RunsAsync();
        Assert.Equal(keys, runs.Select(r => r.Key));
        Assert.All(runs, r => Assert.Equal((RunKind.Check, RunState.Succeeded, true), (r.Kind, r.State, r.ByMaster)));
        Assert.Equal(started, managed.Master.Started.Count);
        Assert.Equal(keys.Order(), managed.Master.Cleaned.Where(k => k.StartsWith("t-", StringComparison.Ordinal)).Order());
        Assert.Equal(new DateTime(2026, 1, 1, 1, 0, 0, DateTimeKind.Utc), runs[1].StartedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(9).UtcDateTime, runs[1].EndedAt);
        Assert.True(runs[1].LineCount > 0);
    }

    [Fact]
    public async Task Fetch_CheckThatFoundChanges_TheNodeHasDrifted()
    {
        managed.Master.PlayTimed(Timed("t-0001a-1", 0));
        await portal.Get<MasterFetch>().TickAsync(ct);
        await portal.WorkOffAsync(ct);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(NodeState.Drift, await db.Nodes.Where(n => n.Id == managed.Node).Select(n => n.State).SingleAsync(ct));
    }

    [Fact]
    public async Task Fetch_CheckOfSeveralNodes_OnlyTheChangedOneHasDrifted()
    {
        var second = await managed.AddNodeAsync(portal, "web-2", ct);
        managed.Master.Script = run => [.. PlayScript.Opening(run), PlayScript.Result(1, managed.Node, "changed"), PlayScript.Result(1, second, "ok"), PlayScript.End(0)];
        managed.Master.PlayTimed(Timed("t-0001a-1", 0) with { Limit = [managed.Node, second] });
        await portal.Get<MasterFetch>().TickAsync(ct);
        await portal.WorkOffAsync(ct);
        await using var db = world.Database.CreateDbContext();
        var states = await db.Nodes.Where(n => n.Id == managed.Node || n.Id == second).ToDictionaryAsync(n => n.Id, n => n.State, ct);
        Assert.Equal((NodeState.Drift, NodeState.Ready), (states[managed.Node], states[second]));
    }

    [Fact]
    public async Task Fetch_ConvergeByTheMaster_ChangesNoRevision()
    {
        var revisions = await RevisionsAsync();
        managed.Master.PlayTimed(Timed("t-0001a-1", 0) with { Check = false });
        await portal.Get<MasterFetch>().TickAsync(ct);
        await portal.WorkOffAsync(ct);

        Assert.Equal((RunKind.Converge, RunState.Succeeded), (await RunsAsync()).Select(r => (r.Kind, r.State)).Single());
        Assert.Equal(revisions, await RevisionsAsync());
    }

    [Fact]
    public async Task Fetch_NodeOfAnotherProject_IsLeftOut()
    {
        managed.Master.PlayTimed(Timed("t-0001a-1", 0) with { Limit = [managed.Node, "n-of-somebody-else"] });
        managed.Master.PlayTimed(Timed("t-0001b-1", 1) with { ProjectId = managed.Tenant.ProjectId });
        await portal.Get<MasterFetch>().TickAsync(ct);

        await using var db = world.Database.CreateDbContext();
        var run = await db.Runs.AsNoTracking().Include(r => r.Nodes).SingleAsync(r => r.ByMaster, ct);
        Assert.Equal((managed.Project, managed.Node), (run.ProjectId, Assert.Single(run.Nodes).NodeId));
    }

    /// <summary>The node's own timer renews; that it failed is known to the next check.</summary>
    [Fact]
    public async Task Fetch_CheckThatSawARenewalFail_TheCertificateIsFailingAndToldOnce()
    {
        await managed.Tenant.AddSiteAsync(managed.Project, managed.Tenant.MainName, ct);
        await portal.WorkOffAsync(ct);
        await using var db = world.Database.CreateDbContext();
        var certificate = await db.Certificates.SingleAsync(c => c.ProjectId == managed.Project, ct);
        await db.Certificates.ExecuteUpdateAsync(c => c.SetProperty(x => x.State, CertificateState.Valid).SetProperty(x => x.LastTriedAt, DateTime.UnixEpoch), ct);
        var told = new[] { new { id = certificate.Id, state = "failed", not_after = "2026-01-20T00:00:00Z", error = "no answer of the DNS (next try 2026-01-01T04:00:00Z)" } };
        managed.Master.Script = run => PlayScript.Reports(run, "portal_certificates", told);
        foreach (var (key, hour) in new[] { ("t-0001a-1", 0), ("t-0001b-2", 1) })
        {
            managed.Master.PlayTimed(Timed(key, hour));
            await portal.Get<MasterFetch>().TickAsync(ct);
            await portal.WorkOffAsync(ct);
        }

        db.ChangeTracker.Clear();
        var row = await db.Certificates.SingleAsync(c => c.Id == certificate.Id, ct);
        Assert.Equal((CertificateState.Failing, told[0].error, DateTime.UnixEpoch), (row.State, row.LastError, row.LastTriedAt));
        Assert.Equal(1, await db.Notifications.CountAsync(n => n.Kind == NotificationKind.CertificateFailed && n.ProjectId == managed.Project, ct));
        Assert.All(await RunsAsync(), r => Assert.Equal(RunState.Succeeded, r.State));
    }

    /// <summary>A timer names the content its master has; a play brings the portal's along and the master's page says so.</summary>
    [Fact]
    public async Task Content_OfAMasterThatIsBehind_IsWhatItsTimerUsesUntilAPlayBroughtTheNew()
    {
        await using var db = world.Database.CreateDbContext();
        await db.ProjectMasters.ExecuteUpdateAsync(m => m.SetProperty(x => x.ContentVersion, "0.9.0"), ct);
        await portal.Get<MasterService>().SetWatchAsync(managed.Tenant.Owner, managed.Project, WatchMode.Converge, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal((WatchMode.Converge, "0.9.0"), (managed.Master.Watches[managed.Project].Mode, managed.Master.Watches[managed.Project].ContentVersion));

        await portal.Get<NodeService>().ConvergeAsync(managed.Tenant.Owner, managed.Node, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal(FakeExecutor.Content, managed.Master.Watches[managed.Project].ContentVersion);
        Assert.Equal(FakeExecutor.Content, await db.ProjectMasters.Select(m => m.ContentVersion).SingleAsync(ct));
    }

    private TimedRun Timed(string key, int hour)
    {
        var at = new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc);
        return new TimedRun(key, managed.Project, new string('a', 40), FakeExecutor.Content, "converge-nodes", [managed.Node], Check: true, at, at.AddSeconds(20));
    }

    private async Task<List<Run>> RunsAsync()
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Runs.AsNoTracking().Where(r => r.ByMaster).OrderBy(r => r.Id).ToListAsync(ct);
    }

    private async Task<(long Desired, long Applied)> RevisionsAsync()
    {
        await using var db = world.Database.CreateDbContext();
        var node = await db.Nodes.AsNoTracking().SingleAsync(n => n.Id == managed.Node, ct);
        return (node.DesiredRevision, node.AppliedRevision);
    }
}
