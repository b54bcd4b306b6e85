using System.IO.Compression;
using HostingPortal.Infrastructure.Persistence;
using HostingPortal.Infrastructure.Persistence.Schema;
using HostingPortal.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Persistence;

public sealed class DatabaseTests(MariaDbFixture mariaDb) : IDisposable
{
    private readonly PrivateFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Backup_WithTables_IsAWholeDumpForTheOwnerAlone()
    {
        var test = await mariaDb.CreateDatabaseAsync(ct);
        var database = new Database(TimeProvider.System);
        await database.OpenAsync(test.ConnectionString, TimeSpan.Zero, ct);
        var backup = new DatabaseBackup(database, new DataFolder(folder.Location), Options.Create(new DatabaseOptions()), TimeProvider.System);
        var file = await backup.CreateAsync("before-x", ct);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        var text = await new StreamReader(packed).ReadToEndAsync(ct);
        Assert.Contains("CREATE TABLE `sites`", text, StringComparison.Ordinal);
        Assert.EndsWith("-- Dump completed", text.TrimEnd().Split(" on ")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_InsideOwnTransaction_WorksAndNothingIsRepeated()
    {
        var test = await mariaDb.CreateDatabaseAsync(ct);
        await using var context = test.CreateDbContext();
        Assert.True(context.Database.CreateExecutionStrategy().RetriesOnFailure);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        Assert.False(context.Database.CreateExecutionStrategy().RetriesOnFailure);
        await context.Database.ExecuteSqlAsync($"SELECT 1", ct);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    [Fact]
    public async Task ServerLock_Held_IsRefusedToOthersUntilReleased()
    {
        var connectionString = await mariaDb.CreateEmptyDatabaseAsync(ct);
        var held = await ServerLock.TakeAsync(connectionString, "test-lock", TimeSpan.FromSeconds(1), ct);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ServerLock.TakeAsync(connectionString, "test-lock", TimeSpan.FromSeconds(1), ct));
        await held.DisposeAsync();
        await using var next = await ServerLock.TakeAsync(connectionString, "test-lock", TimeSpan.FromSeconds(1), ct);
    }
}
