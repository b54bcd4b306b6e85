using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Clients;

public sealed class PeopleTests(MariaDbFixture server)
{
    private const string Password = "a sentence Long enough 42!";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invitation_OpenedTwiceAtOnce_MakesOnePersonWithItsRole()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var link = await portal.Get<TeamService>().InviteAsync(tenant.Owner, tenant.ClientId, new InvitePerson("rob@alfa.example", "Rob", ClientRole.ReadOnly), Ct);
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AcceptAsync(portal, link.Code)));
        Assert.Single(tries, t => t is null);
        Assert.All(tries.OfType<Exception>(), e => Assert.Equal("User.InviteUsed", Assert.IsType<RuleViolationException>(e).Code));
        await using var db = world.Database.CreateDbContext();
        var person = await db.Users.Include(u => u.Memberships).SingleAsync(u => u.Email == "rob@alfa.example", Ct);
        Assert.Equal(ClientRole.ReadOnly, Assert.Single(person.Memberships).Role);
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Action == "invite.accept", Ct));
    }

    [Fact]
    public async Task Invitation_PasswordRefused_StaysOpen()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var link = await portal.Get<UserService>().CreateAsync(Tenant.Admin, new CreateUser("sue@staff.example", "Sue", PortalRole.Support), Ct);
        await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<InvitationService>().AcceptAsync(link.Code, null, "short", Ct));
        Assert.Equal("sue@staff.example", (await portal.Get<InvitationService>().LookAsync(link.Code, Ct)).Email);
        await portal.Get<InvitationService>().AcceptAsync(link.Code, null, Password, Ct);
    }

    [Fact]
    public async Task Invitation_Expired_OpensNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var link = await portal.Get<UserService>().CreateAsync(Tenant.Admin, new CreateUser("sue@staff.example", "Sue", PortalRole.Support), Ct);
        await using var db = world.Database.CreateDbContext();
        await db.Invitations.ExecuteUpdateAsync(i => i.SetProperty(x => x.ExpiresAt, DateTime.UnixEpoch), Ct);
        Assert.Equal("User.InviteUsed", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<InvitationService>().AcceptAsync(link.Code, null, Password, Ct))).Code);
    }

    [Fact]
    public async Task Join_ByAnotherPerson_IsRefusedAndByTheRightOneWorks()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateAsync(portal, "bravo", Ct);
        var link = await portal.Get<TeamService>().InviteAsync(alfa.Owner, alfa.ClientId, new InvitePerson($"{bravo.Member.UserId}@bravo.example", null, ClientRole.Member), Ct);
        Assert.Equal("Invite.OtherPerson", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<InvitationService>().JoinAsync(bravo.Owner, link.Code, Ct))).Code);
        Assert.Equal(alfa.ClientId, await portal.Get<InvitationService>().JoinAsync(bravo.Member, link.Code, Ct));
        Assert.Contains(alfa.ClientId, (await portal.Get<ActorService>().FindAsync(bravo.Member.UserId!, Ct))!.ClientIds);
    }

    [Fact]
    public async Task Team_TwoOwnersRemoveEachOtherAtOnce_OneStays()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var team = portal.Get<TeamService>();
        await team.ChangeRoleAsync(tenant.Owner, tenant.ClientId, tenant.Member.UserId!, ClientRole.Owner, Ct);
        await Task.WhenAll(
            Quietly(team.RemoveAsync(Tenant.Admin, tenant.ClientId, tenant.Owner.UserId!, Ct)), Quietly(team.RemoveAsync(Tenant.Admin, tenant.ClientId, tenant.Member.UserId!, Ct)));
        Assert.Single((await team.GetAsync(Tenant.Admin, tenant.ClientId, Ct)).Members, m => m.Role == ClientRole.Owner);
    }

    [Fact]
    public async Task Member_Removed_HasNoSessionNoTokenAndSeesNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var person = tenant.Member.UserId!;
        var session = await portal.Get<SessionService>().StartAsync(person, "Firefox", null, strong: false, Ct);
        var token = await portal.Get<TokenService>().CreateAsync(tenant.Member, new CreateToken("t", TokenScope.Read, tenant.ClientId, 1), Ct);
        Assert.NotNull(await portal.Get<ActorService>().FindBySessionAsync(session, Ct));
        await portal.Get<TeamService>().RemoveAsync(tenant.Owner, tenant.ClientId, person, Ct);
        Assert.Null(await portal.Get<ActorService>().FindBySessionAsync(session, Ct));
        Assert.Null(await portal.Get<ActorService>().FindByTokenAsync(token.Token, Ct));
        Assert.False((await portal.Get<ActorService>().FindAsync(person, Ct))!.MayRead(tenant.ClientId));
    }

    [Fact]
    public async Task Reset_ByLink_SetsThePasswordAndEndsSessions()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var session = await portal.Get<SessionService>().StartAsync(tenant.Owner.UserId!, "Firefox", null, strong: false, Ct);
        Assert.Null(await portal.Get<UserService>().AskResetAsync("nobody@alfa.example", Ct));
        var link = await portal.Get<UserService>().CreateResetAsync(Tenant.Admin, tenant.Owner.UserId!, Ct);
        await portal.Get<InvitationService>().AcceptAsync(link.Code, null, Password, Ct);
        Assert.Null(await portal.Get<ActorService>().FindBySessionAsync(session, Ct));
    }

    private static async Task<Exception?> AcceptAsync(Instance portal, string code)
    {
        try
        {
            await portal.Get<InvitationService>().AcceptAsync(code, null, Password, Ct);
            return null;
        }
        catch (RuleViolationException error)
        {
            return error;
        }
    }

    private static async Task Quietly(Task work)
    {
        try
        {
            await work;
        }
        catch (RuleViolationException)
        {
            // One of the two is refused.
        }
    }
}
