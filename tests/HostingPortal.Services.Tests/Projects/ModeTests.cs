using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Projects;

/// <summary>A direct project with a node becomes managed, and direct again.</summary>
public sealed class ModeTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private World world = null!;
    private Instance portal = null!;
    private Tenant tenant = null!;
    private string project = "", node = "";

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync(server, ct);
        portal = world.Start();
        tenant = await Tenant.CreateAsync(portal, "acme", ct);
        project = (await portal.Get<ProjectService>().CreateAsync(tenant.Owner, new CreateProject(tenant.ClientId, tenant.AccountId, "switch"), ct)).Id;
        node = await OrderAsync("web-1", "web");
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Manage_ThenOrderAMaster_ItTakesTheNodesOver()
    {
        var before = await ProjectAsync();
        var master = await ManageAsync();

        var (after, row) = (await ProjectAsync(), await NodeAsync(node));
        Assert.Equal(ProjectMode.Managed, after.Mode);
        Assert.Equal(["adopt", "rotate-nodes"], await JobsAsync());
        Assert.NotNull(row.PrivateIpv4);
        Assert.NotEqual(before.SshPublicKey, after.SshPublicKey);
        Assert.DoesNotContain(world.Cloud.Firewalls[$"portal-{project}"], r => r.Port == "22");

        // The adoption was played from where the way still was, and let the master in beside the Primary; what follows comes from the master.
        Assert.Equal("apply-access", world.Executor.Started[^1].Playbook);
        var place = world.Masters[(await NodeAsync(master)).PublicIpv4!];
        Assert.Equal(["rotate-keys"], place.Started.Select(r => r.Playbook));
        Assert.Null(world.Executor.Prepared[project]);
        Assert.NotNull(place.Prepared[project]);
        var vars = world.Inventory.Read(project, $"host_vars/{node}/node.yml");
        Assert.Contains($"{(await NodeAsync(master)).PrivateIpv4}/32", vars, StringComparison.Ordinal);
        Assert.Contains(after.RecoveryPublicKey!, vars, StringComparison.Ordinal);
        Assert.Contains(row.PrivateIpv4, world.Inventory.Read(project, "hosts.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manage_AdoptionFails_ProjectStaysDirectAndARetryGoesOn()
    {
        world.Executor.Script = play => play.Playbook == "apply-access" ? PlayScript.Fails(play, "no way in") : PlayScript.Succeeds(play);
        await ManageAsync();
        Assert.Equal(ProjectMode.Direct, (await ProjectAsync()).Mode);
        Assert.Contains(world.Cloud.Firewalls[$"portal-{project}"], r => r.Port == "22");
        var converge = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, node, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(tenant.Owner, converge, ct)).Run.State);
        Assert.Equal("Master.First", (await Assert.ThrowsAsync<RuleViolationException>(() => OrderAsync("web-2", "web"))).Code);

        world.Executor.Script = PlayScript.Succeeds;
        await using var db = world.Database.CreateDbContext();
        var failed = await db.Runs.Where(r => r.Job == RunJobs.Adopt).Select(r => r.Id).SingleAsync(ct);
        await portal.Get<RunService>().RetryAsync(tenant.Owner, failed, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal(ProjectMode.Managed, (await ProjectAsync()).Mode);
    }

    [Fact]
    public async Task Release_NodesComeBack_AndTheMasterCanGo()
    {
        var master = await ManageAsync();
        var managed = await ProjectAsync();
        var place = world.Masters[(await NodeAsync(master)).PublicIpv4!];
        await portal.Get<MasterService>().ReleaseAsync(tenant.Owner, project, ct);
        await portal.WorkOffAsync(ct);

        var after = await ProjectAsync();
        Assert.Equal(ProjectMode.Direct, after.Mode);
        Assert.Equal(["adopt", "rotate-nodes", "release", "rotate-nodes", "renew-secrets"], await JobsAsync());
        Assert.Equal((null, null), (after.RecoveryPublicKey, (await NodeAsync(node)).PrivateIpv4));
        Assert.NotEqual((managed.SshPublicKey, managed.VaultSecretId), (after.SshPublicKey, after.VaultSecretId));
        Assert.Contains(world.Cloud.Firewalls[$"portal-{project}"], r => r.Port == "22");
        Assert.Null(place.Prepared[project]);
        Assert.Empty(place.Watches[project].Limit);
        Assert.DoesNotContain("10.0.0.", world.Inventory.Read(project, $"host_vars/{node}/node.yml"), StringComparison.Ordinal);
        Assert.Equal("converge-nodes", world.Executor.Started[^1].Playbook);

        // Nobody gets the nodes back by a converge of the master that is left over.
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, master, ct);
        await portal.WorkOffAsync(ct);
        Assert.Equal(ProjectMode.Direct, (await ProjectAsync()).Mode);

        await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, master, "master", ct);
        await portal.WorkOffAsync(ct);
        await using var db = world.Database.CreateDbContext();
        Assert.False(await db.ProjectMasters.AnyAsync(ct));
        Assert.Contains("delete-network", world.Cloud.Calls);
        Assert.Equal(node, Assert.Single(world.Cloud.Servers).Labels["portal-id"]);
    }

    [Fact]
    public async Task Manage_Twice_AndReleaseOfADirectProject_AreRefused()
    {
        var masters = portal.Get<MasterService>();
        Assert.Equal("Master.NotManaged", (await Assert.ThrowsAsync<RuleViolationException>(() => masters.ReleaseAsync(tenant.Owner, project, ct))).Code);
        await masters.ManageAsync(tenant.Owner, project, ct);
        Assert.Equal("Master.Prepared", (await Assert.ThrowsAsync<RuleViolationException>(() => masters.ManageAsync(tenant.Owner, project, ct))).Code);

        // Until the master is there everything goes on as before.
        var second = await NodeAsync(await OrderAsync("web-2", "web"));
        Assert.Equal((NodeState.Ready, null), (second.State, second.PrivateIpv4));
        Assert.Null((await portal.Get<ReachQueries>().GetAsync(tenant.Owner, project, ct)).Master);
    }

    private async Task<string> ManageAsync()
    {
        await portal.Get<MasterService>().ManageAsync(tenant.Owner, project, ct);
        return await OrderAsync("master", NodeTemplate.ProjectMaster);
    }

    private async Task<string> OrderAsync(string name, string template)
    {
        var ordered = await portal.Get<NodeService>().OrderAsync(tenant.Owner, new OrderNode(project, name, template, "cx23", "fsn1", "debian-13", null), ct);
        await portal.WorkOffAsync(ct);
        return ordered.NodeId;
    }

    private async Task<Project> ProjectAsync()
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Projects.AsNoTracking().SingleAsync(p => p.Id == project, ct);
    }

    private async Task<Node> NodeAsync(string id)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Nodes.AsNoTracking().SingleAsync(n => n.Id == id, ct);
    }

    private async Task<List<string?>> JobsAsync()
    {
        await using var db = world.Database.CreateDbContext();
        var runs = await db.Runs.AsNoTracking().Where(r => r.ProjectId == project && r.Job != null && r.Job != RunJobs.Watch).OrderBy(r => r.Id).ToListAsync(ct);
        Assert.All(runs, r => Assert.Equal(RunState.Succeeded, r.State));
        return runs.Select(r => r.Job).ToList();
    }
}
