using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Dashboard;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Nodes;

/// <summary>Hetzner does not take an account's token any more, in the middle of an order.</summary>
public sealed class RefusedTokenTests(MariaDbFixture server)
{
    private const string Token = "NewTokenNewTokenNewTokenNewTokenNewTokenNewTokenNewTokenNewToken";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_TokenRevoked_IsToldAtTheAccountAndGoesOnWithANewOne()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var refusing = world.Start(new CallGate { Fault = ("cloud.CreateServer:before", new OutsideException("hetzner.unauthorized", "unable to authenticate")) });
        var tenant = await Tenant.CreateAsync(refusing, "alfa", Ct);
        var ordered = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await refusing.WorkOffAsync(Ct);
        var run = (await refusing.Get<RunService>().GetAsync(Tenant.Admin, ordered.RunId, Ct)).Run;
        Assert.Equal((RunState.Failed, "hetzner.unauthorized"), (run.State, run.Reason));
        Assert.Equal("hetzner.unauthorized", await ProblemAsync(refusing, tenant));
        Assert.Contains(await refusing.Get<DashboardService>().GetAttentionAsync(Tenant.Admin, Ct), r => (r.Kind, r.Id) == ("account", tenant.AccountId));
        Assert.DoesNotContain(await refusing.Get<DashboardService>().GetAttentionAsync(tenant.Owner, Ct), r => r.Kind == "account");

        await using var portal = world.Start();
        await portal.Get<AccountService>().ReplaceTokenAsync(Tenant.Admin, tenant.AccountId, new ReplaceToken(Token), Ct);
        Assert.Null(await ProblemAsync(portal, tenant));
        var again = await portal.Get<RunAgainService>().RetryFailedAsync(tenant.Owner, ordered.RunId, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(Tenant.Admin, again, Ct)).Run.State);
        Assert.Single(world.Cloud.Servers);
    }

    [Fact]
    public async Task Replace_TokenOfAnotherProject_IsRefusedAndChangesNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Cloud.Delete(world.Cloud.Servers[0].Id);
        var before = await HintAsync(portal, tenant);
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<AccountService>().ReplaceTokenAsync(Tenant.Admin, tenant.AccountId, new ReplaceToken(Token), Ct));
        Assert.Equal(("Account.OtherProject", "Token"), (refused.Code, refused.Field));
        Assert.Equal(before, await HintAsync(portal, tenant));
    }

    private static async Task<string?> ProblemAsync(Instance portal, Tenant tenant) =>
        (await portal.Get<AccountService>().ListAsync(Tenant.Admin, Ct)).Single(a => a.Id == tenant.AccountId).Problem;

    private static async Task<string> HintAsync(Instance portal, Tenant tenant) =>
        (await portal.Get<AccountService>().ListAsync(Tenant.Admin, Ct)).Single(a => a.Id == tenant.AccountId).TokenHint;
}
