using System.Collections.Concurrent;
using HostingPortal.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Testing.Scenarios;

/// <summary>One database and one outside world, shared by as many portal instances as a test starts.</summary>
public sealed class World : IAsyncDisposable
{
    private static readonly ConcurrentBag<TestDatabase> Free = [];

    private World(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public CloudWorld Cloud { get; } = new();

    public ExecutorWorld Executor { get; } = new();

    /// <summary>Project Masters by address.</summary>
    public ConcurrentDictionary<string, ExecutorWorld> Masters { get; } = new();

    public InventoryWorld Inventory { get; } = new();

    public OutsideWorld Outside { get; } = new();

    public PostWorld Post { get; } = new();

    /// <summary>An empty database: one that another test gave back, or a new one.</summary>
    public static async Task<World> CreateAsync(MariaDbFixture server, CancellationToken ct) =>
        new(Free.TryTake(out var used) ? used : await server.CreateDatabaseAsync(ct));

    public Instance Start(CallGate? gate = null, Action<Domain.PortalOptions>? settings = null) => new(this, gate ?? new CallGate(), settings);

    /// <summary>Empties the database for the next test.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var db = Database.CreateDbContext();
        var tables = db.Model.GetEntityTypes().Select(e => e.GetTableName()).Distinct();
        var sql = "SET FOREIGN_KEY_CHECKS = 0; " + string.Concat(tables.Select(t => $"DELETE FROM `{t}`; ")) + "SET FOREIGN_KEY_CHECKS = 1;";
        await db.Database.ExecuteSqlRawAsync(sql);
        Free.Add(Database);
    }
}
