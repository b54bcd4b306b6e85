using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests;

public sealed class StartTests(MariaDbFixture mariaDb) : IAsyncLifetime
{
    private readonly PrivateFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private string connectionString = "";

    public async ValueTask InitializeAsync() => connectionString = await mariaDb.CreateEmptyDatabaseAsync(ct);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Start_EmptyDatabase_MakesSchemaKeyFileAndEveryPort()
    {
        using var host = Build();
        await host.StartAsync(ct);
        foreach (var port in new[]
        {
            typeof(IServerCloud), typeof(IExecutor), typeof(IInventoryStore), typeof(ISecretStore), typeof(IKeyGenerator), typeof(INameLookup), typeof(ISiteProbe),
        })
        {
            Assert.NotNull(host.Services.GetRequiredService(port));
        }

        await using var context = await Contexts(host).CreateDbContextAsync(ct);
        Assert.Empty(await context.Clients.ToListAsync(ct));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("data/secrets.key")));
        await host.StopAsync(ct);
    }

    [Fact]
    public async Task Start_SecondTime_ReadsWhatTheFirstProtected()
    {
        string cookie;
        using (var first = Build())
        {
            await first.StartAsync(ct);
            cookie = first.Services.GetDataProtector("cookie").Protect("signed in");
            await using var context = await Contexts(first).CreateDbContextAsync(ct);
            var row = Assert.Single(await context.DataProtectionKeys.Include(k => k.Xml).ToListAsync(ct));
            Assert.Equal("data-protection", row.Xml.Kind);
            Assert.DoesNotContain("masterKey", System.Text.Encoding.UTF8.GetString(row.Xml.Ciphertext), StringComparison.Ordinal);
            await first.StopAsync(ct);
        }

        using var second = Build();
        await second.StartAsync(ct);
        Assert.Equal("signed in", second.Services.GetDataProtector("cookie").Unprotect(cookie));
        await second.StopAsync(ct);
    }

    [Fact]
    public async Task Start_KeyFileLostOrWrong_IsRefusedAndNothingIsReplaced()
    {
        using (var first = Build())
        {
            await first.StartAsync(ct);
            first.Services.GetDataProtector("cookie").Protect("x");
            await first.StopAsync(ct);
        }

        File.Delete(folder.File("data/secrets.key"));
        using (var second = Build())
        {
            var lost = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync(ct));
            Assert.Contains("secrets.key", lost.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(folder.File("data/secrets.key")));
        }

        await File.WriteAllTextAsync(folder.File("data/secrets.key"), $"1 {Convert.ToBase64String(new byte[32])}\n", ct);
        using var third = Build();
        await Assert.ThrowsAsync<SecretUnreadableException>(() => third.StartAsync(ct));
    }

    [Fact]
    public async Task Start_SchemaOfANewerPortal_IsRefused()
    {
        using (var first = Build())
        {
            await first.StartAsync(ct);
            await using var context = await Contexts(first).CreateDbContextAsync(ct);
            await context.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Future', '99')", ct);
            await first.StopAsync(ct);
        }

        using var second = Build();
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync(ct));
        Assert.Contains("99990101000000_Future", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwoInstancesAtOnce_BothCome()
    {
        using var other = new PrivateFolder();
        (string, string?)[] settings = [("Database:ConnectionString", connectionString), ("Secrets:KeyFile", other.File("shared.key"))];
        using var one = PortalHost.Build(folder, settings);
        using var two = PortalHost.Build(other, settings);
        await Task.WhenAll(one.StartAsync(ct), two.StartAsync(ct));
        await Task.WhenAll(one.StopAsync(ct), two.StopAsync(ct));
    }

    [Fact]
    public async Task Start_NoConnectionString_RunsAPrivateDatabaseUntilTheEnd()
    {
        File.SetUnixFileMode(folder.Location, (UnixFileMode)0b111_001_001);
        using var host = PortalHost.Build(folder);
        await host.StartAsync(ct);
        await using (var context = await Contexts(host).CreateDbContextAsync(ct))
        {
            Assert.Empty(await context.Sites.ToListAsync(ct));
        }

        Assert.True(File.Exists(folder.File("data/mariadb/run/db.sock")));
        await host.StopAsync(ct);
        Assert.False(File.Exists(folder.File("data/mariadb/run/db.sock")));
    }

    [Fact]
    public async Task Start_UnusableSettings_NamesEachOfThem()
    {
        using var host = PortalHost.Build(
            folder,
            ("Database:ConnectionString", "Server=x"),
            ("Hetzner:Endpoint", "http://api.hetzner.cloud/v1"),
            ("Hetzner:MaxTries", "0"),
            ("Executor:Host", "bad host"),
            ("Names:Resolvers:0", "nowhere"),
            ("SiteProbe:ExtraRootsFile", "/does/not/exist"));
        var e = await Assert.ThrowsAsync<AggregateException>(() => host.StartAsync(ct));
        var failures = string.Join('\n', e.InnerExceptions.OfType<OptionsValidationException>().SelectMany(v => v.Failures));
        foreach (var setting in new[]
        {
            "Database:ConnectionString", "Hetzner:Endpoint", "Hetzner:MaxTries", "Executor:Host", "Executor:KeyFile", "Executor:HostKey", "Names:Resolvers", "SiteProbe",
        })
        {
            Assert.Contains(setting, failures, StringComparison.Ordinal);
        }
    }

    private IHost Build() => PortalHost.Build(folder, ("Database:ConnectionString", connectionString));

    private static IDbContextFactory<PortalDbContext> Contexts(IHost host) => host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
}
