using HostingPortal.Infrastructure.Persistence;
using HostingPortal.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Persistence;

public sealed class PrivateMariaDbTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(Leftovers.Prefix);
    private readonly PrivateMariaDbPaths paths;

    public PrivateMariaDbTests()
    {
        Leftovers.Own(folder.FullName);
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_001_001);
        paths = new PrivateMariaDbPaths(Path.Combine(folder.FullName, "db"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Start_PortalKilledBefore_AttachesToTheSameServer()
    {
        var ct = TestContext.Current.CancellationToken;
        var first = Make();
        await first.StartAsync(Patience, ct);
        await first.CreateDatabaseAsync("kept", ct);
        var pid = await File.ReadAllTextAsync(paths.ProcessId, ct);
        first.Dispose();

        var second = Make();
        await second.StartAsync(Patience, ct);
        Assert.Equal(pid, await File.ReadAllTextAsync(paths.ProcessId, ct));
        Assert.Equal("kept", await ScalarAsync(second, "SELECT DATABASE()"));
        Assert.Equal("0", await ScalarAsync(second, "SELECT @@port"));

        await second.StopAsync(Patience, ct);
        Assert.False(Directory.Exists($"/proc/{pid.Trim()}"));
    }

    [Fact]
    public async Task Start_AnotherPortalRuns_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var first = Make();
        await first.StartAsync(Patience, ct);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Make().StartAsync(Patience, ct));
        Assert.Contains("Another portal", e.Message, StringComparison.Ordinal);
        await first.StopAsync(Patience, ct);
    }

    [Fact]
    public async Task Start_TablesUnreadable_SaysWhatMariaDbSaid()
    {
        var ct = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(paths.Tables);
        await File.WriteAllTextAsync(Path.Combine(paths.Tables, "ibdata1"), "not a table space", ct);
        using var broken = Make();
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => broken.StartAsync(Patience, ct));
        Assert.Contains("ERROR", e.Message, StringComparison.Ordinal);
    }

    private PrivateMariaDb Make() => new(paths, new PrivateMariaDbSetup(paths, "nobody"), TimeProvider.System, NullLogger.Instance);

    private static async Task<string?> ScalarAsync(PrivateMariaDb server, string sql)
    {
        await using var connection = new MySqlConnection(server.ConnectionString("kept"));
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
