using HostingPortal.Domain.Persistence;
using HostingPortal.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Testing;

/// <summary>One database of a <see cref="MariaDbFixture"/>, configured exactly as in the portal.</summary>
public sealed class TestDatabase : IDbContextFactory<PortalDbContext>
{
    private readonly DbContextOptions<PortalDbContext> options;

    private TestDatabase(string connectionString, DbContextOptions<PortalDbContext> options)
    {
        ConnectionString = connectionString;
        this.options = options;
    }

    public string ConnectionString { get; }

    public PortalDbContext CreateDbContext() => new(options);

    internal static async Task<TestDatabase> CreateAsync(string connectionString, CancellationToken ct)
    {
        var database = new Database(TimeProvider.System);
        await database.OpenAsync(connectionString, TimeSpan.Zero, ct);
        var builder = new DbContextOptionsBuilder<PortalDbContext>();
        database.Configure(builder);
        var made = new TestDatabase(connectionString, builder.Options);
        await using var context = made.CreateDbContext();
        await context.Database.MigrateAsync(ct);
        return made;
    }
}
