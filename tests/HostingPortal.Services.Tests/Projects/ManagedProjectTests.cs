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

/// <summary>A managed project from its creation to a node that its Project Master set up.</summary>
public sealed class ManagedProjectTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private World world = null!;
    private Instance portal = null!;
    private Tenant tenant = null!;
    private string project = "";

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync(server, ct);
        portal = world.Start(settings: o => o.Addresses = ["203.0.113.9/32"]);
        tenant = await Tenant.CreateAsync(portal, "acme", ct);
        project = (await portal.Get<ProjectService>().CreateAsync(tenant.Owner, new CreateProject(tenant.ClientId, tenant.AccountId, "managed", ProjectMode.Managed), ct)).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Order_MasterThenNode_ThePlayOfTheNodeRunsOnTheMaster()
    {
        var master = await OrderAsync("master", NodeTemplate.ProjectMaster);
        var node = await OrderAsync("web-1", "web");

        Assert.Equal((NodeState.Ready, NodeState.Ready), (master.State, node.State));
        Assert.Equal((RunKind.Bootstrap, "bootstrap-master"), await RunOfAsync(master.Id));
        Assert.Equal((RunKind.Provision, "converge-nodes"), await RunOfAsync(node.Id));
        var play = Assert.Single(Assert.Single(world.Masters).Value.Started);
        Assert.Equal((project, node.Id), (play.ProjectId, Assert.Single(play.Limit)));
        Assert.DoesNotContain(world.Executor.Started, r => r.ProjectId == project);
    }

    [Fact]
    public async Task Order_Managed_KeysAndInventoriesStayApart()
    {
        var master = await OrderAsync("master", NodeTemplate.ProjectMaster);
        await OrderAsync("web-1", "web");
        await using var db = world.Database.CreateDbContext();
        var row = await db.ProjectMasters.SingleAsync(ct);

        Assert.Null(world.Executor.Prepared[project]);
        Assert.NotNull(world.Executor.Prepared[row.InventoryId]);
        Assert.NotNull(Assert.Single(world.Masters).Value.Prepared[project]);
        Assert.Equal(world.Inventory.Commits[project][^1].Id, world.Inventory.Pushed[$"{master.PublicIpv4} {project}"]);
        Assert.DoesNotContain(master.Id, world.Inventory.Read(project, "hosts.yml"), StringComparison.Ordinal);
        Assert.Contains("login_key", world.Inventory.Read(row.InventoryId, $"host_vars/{master.Id}/master.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_Managed_OnlyTheMasterTakesSshFromOutside()
    {
        var master = await OrderAsync("master", NodeTemplate.ProjectMaster);
        var node = await OrderAsync("web-1", "web");
        await using var db = world.Database.CreateDbContext();
        var row = await db.ProjectMasters.SingleAsync(ct);

        Assert.Equal(["198.51.100.7/32", "203.0.113.9/32"], Assert.Single(world.Cloud.Firewalls[$"portal-{row.InventoryId}"], r => r.Port == "22").Cidrs);
        Assert.DoesNotContain(world.Cloud.Firewalls[$"portal-{project}"], r => r.Port == "22");
        var vars = world.Inventory.Read(project, $"host_vars/{node.Id}/node.yml");
        Assert.Contains($"{master.PrivateIpv4}/32", vars, StringComparison.Ordinal);
        Assert.Contains("198.51.100.7/32", vars, StringComparison.Ordinal); // For the day the master is lost; Hetzner's firewall keeps it out until then.
        Assert.Contains(node.PrivateIpv4!, world.Inventory.Read(project, "hosts.yml"), StringComparison.Ordinal);

        var ways = (await portal.Get<ReachQueries>().GetAsync(tenant.Owner, project, ct)).Ways;
        Assert.Equal(
            [(ReachFrom.Primary, "master", "22", false), (ReachFrom.Everybody, "web-1", "443", false), (ReachFrom.Master, "web-1", "22", true)],
            ways.Select(w => (w.From, w.NodeName, w.Ports, w.Private)));
    }

    [Theory]
    [InlineData("web", "Master.First")]
    [InlineData(NodeTemplate.ProjectMaster, "Master.Exists")]
    public async Task Order_OutOfTurn_IsRefused(string template, string code)
    {
        if (code == "Master.Exists")
        {
            await OrderAsync("master", NodeTemplate.ProjectMaster);
        }

        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => OrderAsync("next", template));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task Order_MasterInADirectProject_IsRefused()
    {
        var order = new OrderNode(tenant.ProjectId, "master", NodeTemplate.ProjectMaster, "cx23", "fsn1", "debian-13", null);
        Assert.Equal("Master.NotManaged", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, order, ct))).Code);
    }

    [Fact]
    public async Task Decommission_Master_WaitsForItsNodesAndTidiesTheNetwork()
    {
        var master = await OrderAsync("master", NodeTemplate.ProjectMaster);
        var node = await OrderAsync("web-1", "web");
        var nodes = portal.Get<NodeService>();
        Assert.Equal("Master.HasNodes", (await Assert.ThrowsAsync<RuleViolationException>(() => nodes.DecommissionAsync(tenant.Owner, master.Id, "master", ct))).Code);

        await nodes.DecommissionAsync(tenant.Owner, node.Id, "web-1", ct);
        await portal.WorkOffAsync(ct);
        await nodes.DecommissionAsync(tenant.Owner, master.Id, "master", ct);
        await portal.WorkOffAsync(ct);

        Assert.Contains("delete-network", world.Cloud.Calls);
        Assert.Equal(2, world.Cloud.Calls.Count(c => c == "delete-firewall"));
        Assert.Empty(world.Cloud.Servers);
    }

    [Fact]
    public async Task Converge_Master_BootstrapsAgainAndTouchesNoNode()
    {
        var master = await OrderAsync("master", NodeTemplate.ProjectMaster);
        await OrderAsync("web-1", "web");
        var plays = Assert.Single(world.Masters).Value.Started.Count;

        var run = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, master.Id, ct);
        await portal.WorkOffAsync(ct);

        var row = (await portal.Get<RunService>().GetAsync(tenant.Owner, run, ct)).Run;
        Assert.Equal((RunKind.Bootstrap, RunState.Succeeded), (row.Kind, row.State));
        Assert.Equal(plays, Assert.Single(world.Masters).Value.Started.Count);
        Assert.Equal(2, world.Cloud.Servers.Count);
    }

    private async Task<Node> OrderAsync(string name, string template)
    {
        var ordered = await portal.Get<NodeService>().OrderAsync(tenant.Owner, new OrderNode(project, name, template, "cx23", "fsn1", "debian-13", null), ct);
        await portal.WorkOffAsync(ct);
        await using var db = world.Database.CreateDbContext();
        return await db.Nodes.AsNoTracking().SingleAsync(n => n.Id == ordered.NodeId, ct);
    }

    private async Task<(RunKind Kind, string? Playbook)> RunOfAsync(string node)
    {
        await using var db = world.Database.CreateDbContext();
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Nodes.Any(n => n.NodeId == node), ct);
        return (run.Kind, run.Playbook);
    }
}
