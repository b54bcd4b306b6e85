using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Sites;

/// <summary>What a site shows when the run that should have brought it to its node did not.</summary>
public sealed class FailedRunTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_PlayFails_SiteFailedWithReasonAndRetryBringsItUp()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Fails(run, "no space left");
        var siteId = await tenant.AddSiteAsync(tenant.ProjectId, "new.alfa.example", Ct);
        await portal.WorkOffAsync(Ct);
        var failed = await ReadAsync(portal, tenant, siteId);
        Assert.Equal((SiteState.Failed, "run.task-failed", "sites : Install sites: no space left"), (failed.State, failed.StateReason, failed.StateDetail));
        Assert.Null(failed.WorkingRunId);

        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { siteId, tenant.SiteId } });
        var retry = await portal.Get<SiteService>().RetryAsync(tenant.Member, siteId, Ct);
        Assert.Equal((SiteState.SettingUp, null), await StateAsync(portal, tenant, siteId));
        await portal.WorkOffAsync(Ct);
        Assert.Equal((SiteState.Online, null), await StateAsync(portal, tenant, siteId));
        Assert.Equal("converge-nodes", world.Executor.Started[^1].Playbook);
        Assert.Equal([RunWish.Retry], (await portal.Get<RunService>().GetAsync(tenant.Owner, retry.RunId, Ct)).Requests.Select(r => r.Wish));
    }

    [Fact]
    public async Task Create_RunNeverGetsToItsPlay_SiteFailedAsWell()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Inventory.Fails = new OutsideException("inventory.refused", "disk full");
        var siteId = await tenant.AddSiteAsync(tenant.ProjectId, "new.alfa.example", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal((SiteState.Failed, "inventory.refused"), await StateAsync(portal, tenant, siteId));
        Assert.Equal((SiteState.SettingUp, null), await StateAsync(portal, tenant, tenant.SiteId));
    }

    /// <summary>Two runs of one project commit at the same moment: the second renders again instead of failing.</summary>
    [Fact]
    public async Task Create_AnotherRunPushedFirst_RendersAgainAndSucceeds()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Inventory.Fails = new OutsideException("inventory.moved", "somebody else pushed");
        var started = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(tenant.Owner, started.RunId, Ct)).Run.State);
        Assert.Contains(await portal.Get<RunLogService>().GetLinesAsync(tenant.Owner, started.RunId, 1, 100, Ct), l => l.Text.Contains("rendered again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_OneOfTwoFails_TheOtherAndOlderOnesKeepTheirState()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { tenant.SiteId } });
        await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        await portal.WorkOffAsync(Ct);
        world.Executor.Script = run => PlayScript.Fails(run, "boom");
        await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite([tenant.MainName, "more.alfa.example"]), Ct);
        await portal.WorkOffAsync(Ct);
        var site = await ReadAsync(portal, tenant, tenant.SiteId);
        Assert.Equal((SiteState.Online, "run.task-failed", false), (site.State, site.StateReason, site.InStep));
    }

    /// <summary>The play that was under way still sets the site up; only the next one takes it off, so it must not be forgotten before.</summary>
    [Fact]
    public async Task Delete_WhileAConvergeSetsItUp_IsForgottenByTheNextRunOnly()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        world.Executor.Script = PlayScript.Opening;
        var working = portal.WorkAsync(run);
        var events = portal.Get<RunFeed>().Subscribe(run.Id);
        while ((await events.Batches.ReadAsync(Ct)).Events.All(e => e.Kind != "task"))
        {
        }

        await portal.Get<SiteService>().DeleteAsync(tenant.Owner, tenant.SiteId, tenant.MainName, Ct);
        world.Executor.Write(run.Key, PlayScript.Result(1, tenant.NodeId, "changed", data: new { portal_sites = new { applied = new[] { tenant.SiteId } } }), PlayScript.End(0));
        await working;
        await using var db = world.Database.CreateDbContext();
        Assert.True(await db.Sites.AnyAsync(s => s.Id == tenant.SiteId && s.Removed, Ct));

        world.Executor.Script = r => PlayScript.Reports(r, "portal_sites", new { removed = new[] { tenant.SiteId } });
        await portal.WorkOffAsync(Ct);
        Assert.False(await db.Sites.AnyAsync(s => s.Id == tenant.SiteId, Ct));
    }

    private static Task<SiteRow> ReadAsync(Instance portal, Tenant tenant, string siteId) => portal.Get<SiteQueries>().GetAsync(tenant.Owner, siteId, Ct);

    private static async Task<(SiteState State, string? Reason)> StateAsync(Instance portal, Tenant tenant, string siteId)
    {
        var site = await ReadAsync(portal, tenant, siteId);
        return (site.State, site.StateReason);
    }
}
