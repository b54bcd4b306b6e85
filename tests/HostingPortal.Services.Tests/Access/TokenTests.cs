using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Access;

/// <summary>A token opens at most what its person may, and less where it was made so.</summary>
public sealed class TokenTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_OfScopeRead_ReadsAndChangesNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var admin = await AddAdminAsync(world);
        var actor = await OpenAsync(portal, admin, new CreateToken("read", TokenScope.Read, null, 1));
        await portal.Get<ClientService>().ListAsync(actor, new PageQuery(), Ct);
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<ClientService>().CreateAsync(actor, new CreateClient("Acme"), Ct));
        Assert.Equal("Access.TokenReadOnly", refusal.Code);
        Assert.Equal("Access.TokenReadOnly", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<TokenService>().CreateAsync(actor, new CreateToken("more", TokenScope.Write, null, 1), Ct))).Code);
    }

    [Fact]
    public async Task Token_ForOneClient_SeesNoOther()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var admin = await AddAdminAsync(world);
        var alfa = await portal.Get<ClientService>().CreateAsync(admin, new CreateClient("Alfa"), Ct);
        var bravo = await portal.Get<ClientService>().CreateAsync(admin, new CreateClient("Bravo"), Ct);
        var actor = await OpenAsync(portal, admin, new CreateToken("one", TokenScope.Write, alfa.Id, 1));
        Assert.Equal(["Alfa"], (await portal.Get<ClientService>().ListAsync(actor, new PageQuery(), Ct)).Items.Select(c => c.Name));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<ClientService>().GetAsync(actor, bravo.Id, Ct));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<ClientService>().CreateAsync(actor, new CreateClient("Third"), Ct));
    }

    [Fact]
    public async Task Token_Ended_OpensNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var admin = await AddAdminAsync(world);
        var tokens = portal.Get<TokenService>();
        var created = await tokens.CreateAsync(admin, new CreateToken("short", TokenScope.Write, null, 1), Ct);
        Assert.NotNull(await portal.Get<ActorService>().FindByTokenAsync(created.Token, Ct));
        Assert.NotNull((await tokens.ListAsync(admin, Ct)).Single().LastUsedAt);
        await Assert.ThrowsAsync<NotFoundException>(() => tokens.EndAsync(Tenant.Support, created.Id, Ct));
        await tokens.EndAsync(admin, created.Id, Ct);
        Assert.Null(await portal.Get<ActorService>().FindByTokenAsync(created.Token, Ct));
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(["token.create", "token.end"], await db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Ct));
    }

    private static async Task<Actor> AddAdminAsync(World world)
    {
        await using var db = world.Database.CreateDbContext();
        db.Users.Add(new PortalUser { Id = Tenant.Admin.UserId!, UserName = "ada@x.example", DisplayName = Tenant.Admin.Name, Role = PortalRole.Admin });
        await db.SaveChangesAsync(Ct);
        return Tenant.Admin;
    }

    private static async Task<Actor> OpenAsync(Instance portal, Actor owner, CreateToken request)
    {
        var token = await portal.Get<TokenService>().CreateAsync(owner, request, Ct);
        return (await portal.Get<ActorService>().FindByTokenAsync(token.Token, Ct))!;
    }
}
