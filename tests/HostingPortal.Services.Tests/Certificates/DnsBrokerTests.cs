using HostingPortal.Domain;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Certificates;

/// <summary>A node's credential opens the challenge records of its own verified names and nothing else.</summary>
public sealed class DnsBrokerTests(MariaDbFixture server)
{
    private const string Value = "Rq3dGq2Jw-4kV_0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Present_OwnName_SetsTheRecordAndCleanUpTakesItAway()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var password = await PasswordAsync(portal, tenant.NodeId);
        var broker = portal.Get<DnsBroker>();
        await broker.PresentAsync(tenant.NodeId, password, "_Acme-Challenge.WWW.alfa.example.", Value, Ct);
        Assert.Equal([$"_acme-challenge.www.alfa.example {Value}"], world.Cloud.Records);
        await broker.CleanUpAsync(tenant.NodeId, password, "_acme-challenge.www.alfa.example", Value, Ct);
        Assert.Empty(world.Cloud.Records);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(["dns.present", "dns.cleanup"], await db.AuditEntries.Where(a => a.Action.StartsWith("dns.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Ct));
    }

    [Theory]
    [InlineData("_acme-challenge.www.beta.example.")]
    [InlineData("_acme-challenge.alfa.example.")]
    [InlineData("_acme-challenge.evil.www.alfa.example.")]
    [InlineData("_acme-challenge.")]
    [InlineData("www.alfa.example.")]
    [InlineData("")]
    public async Task Present_AnythingElse_IsAsIfItDidNotExist(string fqdn)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await Tenant.CreateRunningAsync(portal, "beta", Ct);
        var password = await PasswordAsync(portal, tenant.NodeId);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Get<DnsBroker>().PresentAsync(tenant.NodeId, password, fqdn, Value, Ct));
        Assert.Empty(world.Cloud.Records);
        if (fqdn.Length > 20)
        {
            await using var db = world.Database.CreateDbContext();
            Assert.True(await db.AuditEntries.AnyAsync(a => a.Action == "dns.denied" && a.ClientId == tenant.ClientId, Ct));
        }
    }

    [Fact]
    public async Task Present_CredentialOfAnotherNode_IsAsIfItDidNotExist()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var beta = await Tenant.CreateRunningAsync(portal, "beta", Ct);
        var stranger = await PasswordAsync(portal, beta.NodeId);
        var broker = portal.Get<DnsBroker>();
        await Assert.ThrowsAsync<NotFoundException>(() => broker.PresentAsync(alfa.NodeId, stranger, "_acme-challenge.www.alfa.example", Value, Ct));
        await Assert.ThrowsAsync<NotFoundException>(() => broker.PresentAsync("n-nothing", stranger, "_acme-challenge.www.alfa.example", Value, Ct));
        Assert.Empty(world.Cloud.Records);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("\"; evil")]
    [InlineData("日本")]
    public async Task Present_NoChallengeValue_IsRefused(string value)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var password = await PasswordAsync(portal, tenant.NodeId);
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<DnsBroker>().PresentAsync(tenant.NodeId, password, "_acme-challenge.www.alfa.example", value, Ct));
        Assert.Equal("Broker.Value", refused.Code);
    }

    /// <summary>A name proven by TXT lies in nobody's zone: its challenge may point by CNAME into a zone of the same client, not of another.</summary>
    [Theory]
    [InlineData("_acme-challenge.shop.alfa.example", true)]
    [InlineData("_acme-challenge.www.beta.example", false)]
    public async Task Present_Alias_CountsOnlyIntoOwnZones(string alias, bool allowed)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await Tenant.CreateRunningAsync(portal, "beta", Ct);
        await ProveAsync(world, portal, tenant, "shop.elsewhere.example");
        world.Outside.Aliases["_acme-challenge.shop.elsewhere.example"] = alias;
        var password = await PasswordAsync(portal, tenant.NodeId);
        var asked = portal.Get<DnsBroker>().PresentAsync(tenant.NodeId, password, "_acme-challenge.shop.elsewhere.example", Value, Ct);
        if (allowed)
        {
            await asked;
            Assert.Equal([$"{alias} {Value}"], world.Cloud.Records);
        }
        else
        {
            Assert.Equal("Broker.NoZone", (await Assert.ThrowsAsync<RuleViolationException>(() => asked)).Code);
            Assert.Empty(world.Cloud.Records);
        }
    }

    private static async Task ProveAsync(World world, Instance portal, Tenant tenant, string name)
    {
        var request = new CreateSite(tenant.ProjectId, null, [name], SiteKind.Static);
        await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<SiteService>().CreateAsync(tenant.Owner, request, Ct));
        await using var db = world.Database.CreateDbContext();
        var claimed = await db.Names.FirstAsync(n => n.Name == name, Ct);
        world.Outside.Texts[claimed.ProofRecord] = claimed.ProofToken;
        await portal.Get<Domain.Names.NameService>().VerifyAsync(tenant.Owner, claimed.Id, Ct);
        await portal.Get<SiteService>().CreateAsync(tenant.Owner, request, Ct);
    }

    private static async Task<string> PasswordAsync(Instance portal, string nodeId)
    {
        await using var db = portal.World.Database.CreateDbContext();
        var secret = await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.BrokerSecretId).FirstAsync(Ct);
        return portal.Get<ISecretStore>().Open(await db.Secrets.FirstAsync(s => s.Id == secret, Ct)).Reveal();
    }
}
