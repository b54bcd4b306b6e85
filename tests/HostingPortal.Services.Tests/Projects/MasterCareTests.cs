using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Projects;

/// <summary>Keys, content and timer of a Project Master, a new one in place of a lost one, and a node that is gone for good.</summary>
public sealed class MasterCareTests(MariaDbFixture server) : IAsyncLifetime
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
    public async Task RotateNodeKeys_AllNodesTookIt_TheNewKeyIsTheOnlyOne()
    {
        var before = await ProjectAsync();
        var run = await portal.Get<MasterService>().RotateNodeKeysAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);

        var after = await ProjectAsync();
        Assert.Equal(RunState.Succeeded, await StateAsync(run));
        Assert.NotEqual(before.SshPublicKey, after.SshPublicKey);
        Assert.Null(after.NextSshKeySecretId);
        Assert.Equal("rotate-keys", managed.Master.Started[^1].Playbook);
        var vars = world.Inventory.Read(managed.Project, $"host_vars/{managed.Node}/node.yml");
        Assert.Contains(before.SshPublicKey, vars, StringComparison.Ordinal);
        Assert.Contains(after.SshPublicKey, vars, StringComparison.Ordinal);
        await using var db = world.Database.CreateDbContext();
        Assert.False(await db.Secrets.AnyAsync(s => s.Id == before.SshKeySecretId, ct), "the old key is still kept");
    }

    [Fact]
    public async Task RotateNodeKeys_ANodeFailed_BothKeysStayAndARetryGoesOnWithTheSameOne()
    {
        var before = await ProjectAsync();
        managed.Master.Script = play => PlayScript.Fails(play, "no way in");
        var run = await portal.Get<MasterService>().RotateNodeKeysAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);
        var between = await ProjectAsync();
        Assert.Equal(RunState.Failed, await StateAsync(run));
        Assert.Equal(before.SshPublicKey, between.SshPublicKey);
        Assert.NotNull(between.NextSshPublicKey);

        managed.Master.Script = PlayScript.Succeeds;
        var again = await portal.Get<RunService>().RetryAsync(managed.Tenant.Owner, run, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal(RunState.Succeeded, await StateAsync(again));
        Assert.Equal(between.NextSshPublicKey, (await ProjectAsync()).SshPublicKey);
    }

    [Fact]
    public async Task RotateMasterKey_Done_OnlyTheMastersKeyChanges()
    {
        var (project, master) = (await ProjectAsync(), await MasterAsync());
        var run = await portal.Get<MasterService>().RotateMasterKeyAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);

        Assert.Equal(RunState.Succeeded, await StateAsync(run));
        Assert.Equal(project.SshPublicKey, (await ProjectAsync()).SshPublicKey);
        Assert.NotEqual(master.PublicKey, (await MasterAsync()).PublicKey);
        Assert.Equal((master.InventoryId, "rotate-keys"), (world.Executor.Started[^1].ProjectId, world.Executor.Started[^1].Playbook));
    }

    [Fact]
    public async Task UpgradeContentAndWatch_PlayNothingOnNodes()
    {
        var (plays, primary) = (managed.Master.Started.Count, world.Executor.Started.Count);
        var content = await portal.Get<MasterService>().UpgradeContentAsync(managed.Tenant.Owner, managed.Project, ct);
        var watch = await portal.Get<MasterService>().SetWatchAsync(managed.Tenant.Owner, managed.Project, WatchMode.Converge, ct);
        await portal.WorkOffAsync(ct);

        Assert.Equal((RunState.Succeeded, RunState.Succeeded), (await StateAsync(content), await StateAsync(watch)));
        Assert.Equal((plays, primary), (managed.Master.Started.Count, world.Executor.Started.Count));
        Assert.Equal(WatchMode.Converge, managed.Master.Watches[managed.Project].Mode);
        Assert.Equal(FakeExecutor.Content, (await MasterAsync()).ContentVersion);
    }

    [Theory]
    [InlineData("22 from 10.0.0.2", RunState.Succeeded)]
    [InlineData("23 from everywhere", RunState.PartlyFailed)]
    public async Task CheckReach_WhatTheMachineSays_IsHeldAgainstWhatShouldBe(string more, RunState expected)
    {
        var keys = await ProjectAsync();
        await using (var db = world.Database.CreateDbContext())
        {
            var inside = await db.Nodes.Where(n => n.Id == managed.MasterId).Select(n => n.PrivateIpv4).SingleAsync(ct);
            string[] ways = [.. new[] { $"22 from {inside}", "22 from 198.51.100.7", "443 from everywhere", more.Replace("10.0.0.2", inside, StringComparison.Ordinal) }.Distinct()];
            managed.Master.Script = play => PlayScript.Reports(play, "portal_reach", new { policy = "drop", ways, others = Array.Empty<string>(), keys = new[] { CheckReachJob.Hash(keys.SshPublicKey), CheckReachJob.Hash(keys.RecoveryPublicKey!) } });
        }

        await MasterSaysAsync("22 from 198.51.100.7");
        var run = await portal.Get<MasterService>().CheckReachAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal((expected, RunState.Succeeded), (await StateAsync(run), await StateAsync(run - 1)));
        Assert.Equal((run, expected), (await portal.Get<ReachQueries>().GetAsync(managed.Tenant.Owner, managed.Project, ct)).Checked is { } check ? (check.RunId, check.State) : default);
    }

    /// <summary>Its own run, from the Primary; what it finds stands on the project's page although the nodes are as they should be.</summary>
    [Fact]
    public async Task CheckReach_MasterOpensMoreThanItShould_IsTold()
    {
        await MasterSaysAsync("22 from 198.51.100.7", "8080 from everywhere");
        var keys = await ProjectAsync();
        await using var db = world.Database.CreateDbContext();
        var inside = await db.Nodes.Where(n => n.Id == managed.MasterId).Select(n => n.PrivateIpv4).SingleAsync(ct);
        string[] ways = [$"22 from {inside}", "22 from 198.51.100.7", "443 from everywhere"];
        managed.Master.Script = play => PlayScript.Reports(play, "portal_reach", new { policy = "drop", ways, others = Array.Empty<string>(), keys = new[] { CheckReachJob.Hash(keys.SshPublicKey), CheckReachJob.Hash(keys.RecoveryPublicKey!) } });
        var run = await portal.Get<MasterService>().CheckReachAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);
        var master = (await portal.Get<RunService>().GetAsync(managed.Tenant.Owner, run - 1, ct)).Run;
        Assert.Equal((managed.MasterId, RunState.PartlyFailed), (Assert.Single(master.Nodes).NodeId, master.State));
        Assert.Contains("master: open though it should not be: 8080 from everywhere", master.ReasonDetail, StringComparison.Ordinal);
        Assert.Equal(run - 1, (await portal.Get<ReachQueries>().GetAsync(managed.Tenant.Owner, managed.Project, ct)).Checked!.RunId);
    }

    private async Task MasterSaysAsync(params string[] ways)
    {
        var key = (await MasterAsync()).PublicKey;
        world.Executor.Script = play => PlayScript.Reports(play, "portal_reach", new { policy = "drop", ways, others = Array.Empty<string>(), keys = new[] { CheckReachJob.Hash(key) } });
    }

    [Fact]
    public async Task RenewSecrets_Done_NothingOfBeforeIsKeptAndTheLogHoldsNoneOfTheNew()
    {
        var (vault, before) = (world.Inventory.Passwords[managed.Project], Secrets());
        managed.Master.Script = play => PlayScript.Reports(play, "portal_told", new { Words = Secrets().Select(s => $"it is {s.Text}") });
        var run = await portal.Get<MasterService>().RenewSecretsAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);

        Assert.Equal((RunState.Succeeded, "converge-nodes"), (await StateAsync(run), managed.Master.Started[^1].Playbook));
        var after = Secrets();
        Assert.Equal(3, after.Count);
        Assert.Empty(before.Select(s => s.Text).Intersect(after.Select(s => s.Text)));
        await using var db = world.Database.CreateDbContext();
        var gone = before.Select(s => s.Id).ToList();
        Assert.False(await db.Secrets.AnyAsync(s => gone.Contains(s.Id), ct), "old secrets are still kept");
        Assert.NotEqual(vault, world.Inventory.Passwords[managed.Project]);
        var log = await LogAsync(run);
        Assert.Contains("it is ", log, StringComparison.Ordinal);
        Assert.DoesNotContain(after, s => log.Contains(s.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckReach_FirewallAtHetznerWasChanged_IsToldForNodesAndTheMaster()
    {
        await using var db = world.Database.CreateDbContext();
        var inventory = await db.ProjectMasters.Select(m => m.InventoryId).SingleAsync(ct);
        var (nodes, master) = ($"portal-{managed.Project}", $"portal-{inventory}");
        world.Cloud.Firewalls[nodes] = [.. world.Cloud.Firewalls[nodes], new CloudFirewallRule("in", "tcp", "2323", ["0.0.0.0/0"], "by hand")];
        world.Cloud.Firewalls[master] = [.. world.Cloud.Firewalls[master].Where(r => r.Port != "22")];

        var run = await portal.Get<MasterService>().CheckReachAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);
        Assert.Contains("web-1: Hetzner's firewall is open though it should not be: 2323/tcp from 0.0.0.0/0", (await portal.Get<RunService>().GetAsync(managed.Tenant.Owner, run, ct)).Run.ReasonDetail, StringComparison.Ordinal);
        var detail = (await portal.Get<RunService>().GetAsync(managed.Tenant.Owner, run - 1, ct)).Run.ReasonDetail;
        Assert.Contains("master: Hetzner's firewall is closed though it should be open: 22/tcp from 198.51.100.7/32", detail, StringComparison.Ordinal);

        world.Cloud.FirewallNames.Clear();
        run = await portal.Get<MasterService>().CheckReachAsync(managed.Tenant.Owner, managed.Project, ct);
        await portal.WorkOffAsync(ct);
        Assert.Contains("web-1: Hetzner has no firewall before it", (await portal.Get<RunService>().GetAsync(managed.Tenant.Owner, run, ct)).Run.ReasonDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebuild_LostMaster_NodesGetToKnowTheNewOneAndKeysAreReplaced()
    {
        var (before, old) = (await ProjectAsync(), managed.Master);
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<MasterService>().RebuildAsync(managed.Tenant.Owner, managed.Project, "other", ct));
        Assert.Equal("Confirm.Name", refusal.Code);
        var ordered = await portal.Get<MasterService>().RebuildAsync(managed.Tenant.Owner, managed.Project, "master", ct);
        await portal.WorkOffAsync(ct);

        var rebuilt = managed with { MasterId = ordered.NodeId };
        Assert.NotSame(old, rebuilt.Master);
        Assert.Equal(["rebuild", "recover", "rotate-nodes", "renew-secrets"], await JobsAsync());
        var recovery = Assert.Single(world.Executor.Started, r => r.Playbook == "apply-access");
        Assert.Equal((managed.Project, managed.Node), (recovery.ProjectId, Assert.Single(recovery.Limit)));
        Assert.Equal(["rotate-keys", "converge-nodes"], rebuilt.Master.Started.Select(r => r.Playbook));
        Assert.NotEqual(before.SshPublicKey, (await ProjectAsync()).SshPublicKey);
        Assert.DoesNotContain(world.Cloud.Firewalls[$"portal-{managed.Project}"], r => r.Port == "22");
        Assert.Equal(2, world.Cloud.Servers.Count);
        await using var db = world.Database.CreateDbContext();
        var inside = await db.Nodes.Where(n => n.Id == ordered.NodeId).Select(n => n.PrivateIpv4).SingleAsync(ct);
        Assert.Contains($"{inside}/32", world.Inventory.Read(managed.Project, $"host_vars/{managed.Node}/node.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_WhileHetznerHasTheServer_IsRefused_LaterItIsGoneAndAudited()
    {
        var forget = portal.Get<NodeForgetService>();
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => forget.ForgetAsync(managed.Tenant.Owner, managed.Node, "web-1", ct));
        Assert.Equal("Node.StillThere", refusal.Code);

        await using var db = world.Database.CreateDbContext();
        var id = await db.Nodes.Where(n => n.Id == managed.Node).Select(n => n.CloudServerId).SingleAsync(ct);
        world.Cloud.Delete(id!.Value);
        await forget.ForgetAsync(managed.Tenant.Owner, managed.Node, "web-1", ct);
        Assert.Equal(NodeState.Removed, await db.Nodes.Where(n => n.Id == managed.Node).Select(n => n.State).SingleAsync(ct));
        Assert.True(await db.AuditEntries.AnyAsync(a => a.Action == "node.forget", ct));
    }

    /// <summary>The answer to the order was lost: no id is known, and the server costs money.</summary>
    [Fact]
    public async Task Forget_ServerWhoseIdWasNeverStored_IsRefused()
    {
        await using (var db = world.Database.CreateDbContext())
        {
            await db.Nodes.Where(n => n.Id == managed.Node).ExecuteUpdateAsync(n => n.SetProperty(x => x.CloudServerId, (long?)null), ct);
        }

        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeForgetService>().ForgetAsync(managed.Tenant.Owner, managed.Node, "web-1", ct));
        Assert.Equal("Node.StillThere", refusal.Code);
    }

    [Fact]
    public async Task Decommission_ManagedNode_TheTimerLetsGoOfIt()
    {
        await managed.ShowHostKeyAsync(ct);
        await portal.Get<MasterService>().SetWatchAsync(managed.Tenant.Owner, managed.Project, WatchMode.Check, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal([managed.Node], managed.Master.Watches[managed.Project].Limit);
        await portal.Get<NodeService>().DecommissionAsync(managed.Tenant.Owner, managed.Node, "web-1", ct);
        await portal.WorkOffAsync(ct);
        Assert.Empty(managed.Master.Watches[managed.Project].Limit);
    }

    private async Task<Project> ProjectAsync()
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Projects.AsNoTracking().SingleAsync(p => p.Id == managed.Project, ct);
    }

    private async Task<ProjectMaster> MasterAsync()
    {
        await using var db = world.Database.CreateDbContext();
        return await db.ProjectMasters.AsNoTracking().SingleAsync(m => m.ProjectId == managed.Project, ct);
    }

    /// <summary>Vault password, broker credential and database password.</summary>
    private List<(string Id, string Text)> Secrets()
    {
        using var db = world.Database.CreateDbContext();
        var node = db.Nodes.AsNoTracking().Single(n => n.Id == managed.Node);
        string?[] ids = [db.Projects.Where(p => p.Id == managed.Project).Select(p => p.VaultSecretId).Single(), node.BrokerSecretId, node.DatabaseSecretId];
        return db.Secrets.AsNoTracking().Where(s => ids.Contains(s.Id)).ToList().ConvertAll(s => (s.Id, portal.Get<ISecretStore>().Open(s).Reveal()));
    }

    private async Task<string> LogAsync(long run)
    {
        await using var db = world.Database.CreateDbContext();
        return string.Join('\n', (await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == run).OrderBy(c => c.SeqFrom).ToListAsync(ct)).SelectMany(c => RunLog.Unpack(c.Data)));
    }

    private async Task<RunState> StateAsync(long run)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Runs.Where(r => r.Id == run).Select(r => r.State).SingleAsync(ct);
    }

    private async Task<List<string?>> JobsAsync()
    {
        await using var db = world.Database.CreateDbContext();
        var runs = await db.Runs.AsNoTracking().Where(r => r.ProjectId == managed.Project && r.Job != null && r.Job != RunJobs.Watch).OrderBy(r => r.Id).ToListAsync(ct);
        Assert.All(runs, r => Assert.Equal(RunState.Succeeded, r.State));
        return runs.Select(r => r.Job).ToList();
    }
}
