using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;
using Xunit;

namespace HostingPortal.Services.Tests.Access;

/// <summary>The database itself refuses a row of one client or project on a thing of another, tried with plain SQL.</summary>
public sealed class ForeignKeyTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_AcrossClients_AreRefusedByTheDatabase()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateRunningAsync(portal, "bravo", Ct);
        (string Sql, string[] Values)[] moves =
        [
            ("UPDATE sites SET NodeId = {0} WHERE Id = {1}", [bravo.NodeId, alfa.SiteId]),
            ("UPDATE sites SET ProjectId = {0} WHERE Id = {1}", [bravo.ProjectId, alfa.SiteId]),
            ("UPDATE sites SET ClientId = {0} WHERE Id = {1}", [bravo.ClientId, alfa.SiteId]),
            ("UPDATE certificates SET NodeId = {0} WHERE ProjectId = {1}", [bravo.NodeId, alfa.ProjectId]),
            ("UPDATE site_names SET NameId = {0} WHERE SiteId = {1}", [bravo.NameId, alfa.SiteId]),
            ("UPDATE projects SET AccountId = {0} WHERE Id = {1}", [bravo.AccountId, alfa.ProjectId]),
            ("UPDATE projects SET ClientId = {0} WHERE Id = {1}", [bravo.ClientId, alfa.ProjectId]),
            ("UPDATE runs SET ProjectId = {0} WHERE ClientId = {1}", [bravo.ProjectId, alfa.ClientId]),
            ("UPDATE channels SET ProjectId = {0} WHERE ClientId = {1}", [bravo.ProjectId, alfa.ClientId]),
            ("UPDATE notifications SET ProjectId = {0} WHERE ClientId = {1}", [bravo.ProjectId, alfa.ClientId]),
            ("UPDATE names SET ZoneAllotmentId = (SELECT Id FROM zone_allotments WHERE ClientId = {0}) WHERE ClientId = {1}", [bravo.ClientId, alfa.ClientId]),
            ("UPDATE run_nodes SET NodeId = {0} WHERE ProjectId = {1}", [bravo.NodeId, alfa.ProjectId]),
            ("UPDATE run_nodes SET ProjectId = {0}, NodeId = {1} WHERE ProjectId = {2}", [bravo.ProjectId, bravo.NodeId, alfa.ProjectId]),
            ("UPDATE zone_allotments SET ClientId = {0} WHERE ClientId = {1}", [bravo.ClientId, alfa.ClientId]),
        ];
        await using var db = world.Database.CreateDbContext();
        foreach (var (sql, values) in moves)
        {
            var error = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(sql, values, Ct));
            Assert.True(error is MySqlException { Number: 1452 or 1451 or 1062 }, $"{sql}: {error?.Message ?? "passed"}");
        }
    }
}
