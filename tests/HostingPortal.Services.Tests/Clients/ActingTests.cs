using HostingPortal.Domain;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Clients;

/// <summary>An admin in the place of a client: that client's owner, nothing more, and always under both names.</summary>
public sealed class ActingTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acting_ReadsAndChangesOneClientOnly_UnderBothNames()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateAsync(portal, "bravo", Ct);
        var acting = await ActAsync(portal, alfa);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<ClientService>().GetAsync(acting, bravo.ClientId, Ct));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<AuditService>().ListAsync(acting, new AuditFilter(), new PageQuery(), Ct));
        await portal.Get<TeamService>().ChangeRoleAsync(acting, alfa.ClientId, alfa.Member.UserId!, ClientRole.ReadOnly, Ct);
        await using var db = world.Database.CreateDbContext();
        var line = await db.AuditEntries.SingleAsync(a => a.Action == "member.role", Ct);
        Assert.Equal((Tenant.Admin.Name, "alfa limited"), (line.ActorName, line.ActingForName));
    }

    [Fact]
    public async Task Acting_OnWhatBelongsToAPerson_IsRefused()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        var acting = await ActAsync(portal, alfa);
        Assert.Equal("Access.NotWhileActing", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<TokenService>().CreateAsync(acting, new CreateToken("t", TokenScope.Write, null, 1), Ct))).Code);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<UserService>().CreateResetAsync(acting, alfa.Owner.UserId!, Ct));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<SessionService>().ActAsync(acting, alfa.AdminSessionId, alfa.ClientId, Ct));
    }

    [Fact]
    public async Task Acting_Stopped_IsTheAdminAgain()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        var acting = await ActAsync(portal, alfa);
        await portal.Get<SessionService>().StopActingAsync(acting, alfa.AdminSessionId, Ct);
        Assert.True((await portal.Get<ActorService>().FindBySessionAsync(alfa.AdminSessionId, Ct))!.IsAdmin);
    }

    private static async Task<Actor> ActAsync(Instance portal, Tenant tenant)
    {
        await portal.Get<SessionService>().ActAsync(Tenant.Admin, tenant.AdminSessionId, tenant.ClientId, Ct);
        var actor = (await portal.Get<ActorService>().FindBySessionAsync(tenant.AdminSessionId, Ct))!;
        Assert.Equal((PortalRole.Client, Tenant.Admin.UserId), (actor.Role, actor.UserId));
        return actor;
    }
}
