using HostingPortal.Domain;
using HostingPortal.Domain.Audit;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Clients;

public sealed class AuditTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  @SUM(A1)", "'  @SUM(A1)")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("=cmd|'/c calc'!A0,x", "\"'=cmd|'/c calc'!A0,x\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("plain", "plain")]
    [InlineData(" ", " ")]
    [InlineData(null, "")]
    public void Field_OfCsv_NeverBecomesAFormula(string? text, string field) => Assert.Equal(field, AuditCsv.Field(text));

    [Fact]
    public async Task List_Filtered_ShowsWhatWasAskedForAndExportsTheSame()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        await Tenant.CreateAsync(portal, "bravo", Ct);
        var audit = portal.Get<AuditService>();
        var filter = new AuditFilter { ClientId = alfa.ClientId, Action = "project" };
        var rows = (await audit.ListAsync(Tenant.Support, filter, new PageQuery(), Ct)).Items;
        Assert.Equal(("project.create", alfa.Owner.Name), (Assert.Single(rows).Action, rows[0].ActorName));
        var lines = await audit.ExportAsync(Tenant.Support, filter, new PageQuery(), Ct).ToListAsync(Ct);
        Assert.Equal([AuditCsv.Head, AuditCsv.LineOf(rows[0])], lines);
        Assert.Empty((await audit.ListAsync(Tenant.Support, filter with { Until = rows[0].At }, new PageQuery(), Ct)).Items);
        Assert.Single((await audit.ListAsync(Tenant.Support, filter with { From = rows[0].At }, new PageQuery(), Ct)).Items);
    }
}
