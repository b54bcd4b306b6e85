using HostingPortal.Domain;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Sites;

public sealed class SiteTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Site_CreatedChangedDeleted_IsRenderedAndForgotten()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { tenant.SiteId } });
        await portal.Get<SiteService>().ChangeAsync(tenant.Member, tenant.SiteId, new ChangeSite(["new.alfa.example", "www.alfa.example"]), Ct);
        Assert.False((await portal.Get<SiteQueries>().GetAsync(tenant.Member, tenant.SiteId, Ct)).InStep);
        await portal.WorkOffAsync(Ct);

        var site = await portal.Get<SiteQueries>().GetAsync(tenant.Member, tenant.SiteId, Ct);
        Assert.Equal((SiteState.Online, true, "new.alfa.example"), (site.State, site.InStep, site.MainName));
        Assert.Contains("canonical: \"new.alfa.example\"", world.Inventory.Read(tenant.ProjectId, $"host_vars/{tenant.NodeId}/sites.yml"), StringComparison.Ordinal);
        Assert.Equal("apply-sites", world.Executor.Started[^1].Playbook);

        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { removed = new[] { tenant.SiteId } });
        await portal.Get<SiteService>().DeleteAsync(tenant.Owner, tenant.SiteId, "new.alfa.example", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Contains("state: \"absent\"", world.Inventory.Read(tenant.ProjectId, $"host_vars/{tenant.NodeId}/sites.yml"), StringComparison.Ordinal);
        await using var db = world.Database.CreateDbContext();
        Assert.Empty(await db.Sites.ToListAsync(Ct));
        Assert.Empty(await db.Certificates.ToListAsync(Ct));
    }

    [Fact]
    public async Task Converge_OneSiteFailed_PartlyFailedWithTheSiteNamed()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { failed = new[] { new { id = tenant.SiteId, reason = "nginx refused line 3" } } });
        var started = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        await portal.WorkOffAsync(Ct);

        var run = (await portal.Get<RunService>().GetAsync(tenant.Owner, started.RunId, Ct)).Run;
        Assert.Equal((RunState.PartlyFailed, "run.some-things-failed", "www.alfa.example: nginx refused line 3"), (run.State, run.Reason, run.ReasonDetail));
        var site = await portal.Get<SiteQueries>().GetAsync(tenant.Owner, tenant.SiteId, Ct);
        Assert.Equal(("site.not-applied", "nginx refused line 3", false), (site.StateReason, site.StateDetail, site.InStep));
    }

    [Fact]
    public async Task Converge_SiteDoesNotAnswer_IsSaidSoUntilItDoes()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { tenant.SiteId } });
        world.Outside.Answers["www.alfa.example"] = new SiteAnswer(502, TimeSpan.FromMilliseconds(8), null, null);
        Assert.Equal((RunState.PartlyFailed, "run.some-things-failed", "www.alfa.example: HTTP 502"), await ChangeAsync());
        var site = await portal.Get<SiteQueries>().GetAsync(tenant.Member, tenant.SiteId, Ct);
        Assert.Equal((SiteState.DoesNotAnswer, "site.silent", "HTTP 502", true), (site.State, site.StateReason, site.StateDetail, site.InStep));

        world.Outside.Answers.Clear();
        Assert.Equal((RunState.Succeeded, null, null), await ChangeAsync());
        site = await portal.Get<SiteQueries>().GetAsync(tenant.Member, tenant.SiteId, Ct);
        Assert.Equal((SiteState.Online, null, null), (site.State, site.StateReason, site.StateDetail));

        async Task<(RunState, string?, string?)> ChangeAsync()
        {
            var started = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
            await portal.WorkOffAsync(Ct);
            var run = (await portal.Get<RunService>().GetAsync(tenant.Owner, started.RunId, Ct)).Run;
            return (run.State, run.Reason, run.ReasonDetail);
        }
    }

    [Fact]
    public async Task Change_WhileAConvergeIsQueued_IsCarriedByIt()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var first = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        var second = await portal.Get<SiteService>().CreateAsync(tenant.Owner, new CreateSite(tenant.ProjectId, null, ["b.alfa.example"], SiteKind.Static), Ct);
        Assert.Equal(first.RunId, second.RunId);
        Assert.Equal(2, (await portal.Get<RunService>().GetAsync(tenant.Owner, first.RunId, Ct)).Changes.Count);

        Assert.NotNull(await portal.ClaimAsync(Ct));
        var third = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        Assert.NotEqual(first.RunId, third.RunId);
    }

    [Fact]
    public async Task Create_NameWithoutProof_StaysClaimedUntilItsTextIsThere()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var request = new CreateSite(tenant.ProjectId, null, ["shop.elsewhere.example"], SiteKind.Static);
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<SiteService>().CreateAsync(tenant.Owner, request, Ct));
        Assert.Equal("Name.NotVerified", refused.Code);
        var name = (await portal.Get<NameService>().ListAsync(tenant.Owner, null, new PageQuery("elsewhere"), Ct)).Items.Single();
        Assert.Equal(refused.Values["value"], name.ProofToken);
        Assert.Equal("Name.ProofMissing", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NameService>().VerifyAsync(tenant.Member, name.Id, Ct))).Code);

        world.Outside.Texts["_portal-challenge.shop.elsewhere.example"] = name.ProofToken;
        Assert.NotNull((await portal.Get<NameService>().VerifyAsync(tenant.Member, name.Id, Ct)).VerifiedAt);
        Assert.NotEqual(0, (await portal.Get<SiteService>().CreateAsync(tenant.Owner, request, Ct)).RunId);
    }

    [Theory]
    [InlineData("portal.example.net", "Name.Reserved")]
    [InlineData("x.portal.example.net", "Name.Reserved")]
    [InlineData("a.com; return 200", "Name.Form")]
    public async Task Create_NameNobodyMayHave_IsRefusedAndLeavesNothing(string name, string code)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var runs = world.Executor.Started.Count;
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => tenant.AddSiteAsync(tenant.ProjectId, name, Ct));
        Assert.Equal(code, refused.Code);
        Assert.Null(await portal.ClaimAsync(Ct));
        Assert.Equal(runs, world.Executor.Started.Count);
    }

    [Fact]
    public async Task Add_TwoClientsAtOnce_OneGetsTheName()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateAsync(portal, "bravo", Ct);
        for (var i = 0; i < 5; i++)
        {
            var name = $"n{i}.shared.example";
            var tries = await Task.WhenAll(new[] { alfa, bravo }.Select(t => TryAsync(() => portal.Get<NameService>().AddAsync(t.Owner, t.ClientId, name, Ct))));
            Assert.Equal(["", "Name.Taken"], tries.Order());
        }
    }

    /// <summary>Two nodes, many changes at once: no deadlock, and one queued converge per node.</summary>
    [Fact]
    public async Task Create_OnTwoNodesAtOnce_AllPass()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var nodes = new[] { (await tenant.OrderNodeAsync(tenant.ProjectId, "a", Ct)).NodeId, (await tenant.OrderNodeAsync(tenant.ProjectId, "b", Ct)).NodeId };
        await portal.WorkOffAsync(Ct);
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TryAsync(() => portal.Get<SiteService>()
            .CreateAsync(tenant.Owner, new CreateSite(tenant.ProjectId, nodes[i % 2], [$"s{i}.alfa.example"], SiteKind.Static), Ct))));
        Assert.All(tries, error => Assert.Equal("", error));
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(2, await db.Runs.CountAsync(r => r.State == RunState.Queued, Ct));
        Assert.Equal([7L, 7L], await db.Nodes.Select(n => n.DesiredRevision).ToListAsync(Ct));
    }

    private static async Task<string> TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            await act();
            return "";
        }
        catch (RuleViolationException refused)
        {
            return refused.Code;
        }
    }
}
