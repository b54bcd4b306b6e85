using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Backups;
using HostingPortal.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Backups;

/// <summary>Backup and restore through the command line's own entry: real MariaDB, real git, the key file apart.</summary>
public sealed class BackupTests(MariaDbFixture mariaDb) : IAsyncLifetime
{
    private static readonly Secret Vault = new("vault password 0123456789");
    private readonly PrivateFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private string connectionString = "";

    public async ValueTask InitializeAsync()
    {
        connectionString = await mariaDb.CreateEmptyDatabaseAsync(ct);
        await MakeRepositoryAsync("there");
        using var host = Build("there", connectionString, "portal.key");
        await host.StartAsync(ct);
        await FillAsync(host);
        await host.StopAsync(ct);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Restore_OntoAFreshInstallation_BringsRowsSecretsAndInventories()
    {
        var archive = await BackUpAsync();
        await MakeRepositoryAsync("fresh");
        var database = await mariaDb.CreateEmptyDatabaseAsync(ct);
        using var host = Build("fresh", database, "fresh.key");

        Assert.Equal(0, await host.Services.RunCommandAsync(["restore", archive, "--key", folder.File("portal.key")]));

        await host.StartAsync(ct);
        await using var db = await Contexts(host).CreateDbContextAsync(ct);
        var project = await db.Projects.SingleAsync(ct);
        var store = host.Services.GetRequiredService<ISecretStore>();
        Assert.Equal(Vault.Reveal(), store.Open(await db.Secrets.SingleAsync(s => s.Id == project.VaultSecretId, ct)).Reveal());
        Assert.Equal(project.InventoryCommit, await HeadAsync("fresh", project.Id));
        await host.StopAsync(ct);
    }

    [Fact]
    public async Task Backup_Archive_HoldsNoKeyUnlessAsked()
    {
        var without = await BackUpAsync();
        var with = await BackUpAsync("--with-key");

        Assert.DoesNotContain("secrets.key", await ListAsync(without), StringComparison.Ordinal);
        Assert.Contains("secrets.key", await ListAsync(with), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(without, ct), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(without));
    }

    [Fact]
    public async Task Restore_WithoutTheKey_ChangesNothing()
    {
        var archive = await BackUpAsync();
        var database = await mariaDb.CreateEmptyDatabaseAsync(ct);
        await File.WriteAllTextAsync(folder.File("other.key"), $"1 {Convert.ToBase64String(new byte[32])}\n", ct);
        using var host = Build("fresh", database, "none.key");

        Assert.Equal(1, await host.Services.RunCommandAsync(["restore", archive]));
        Assert.Equal(1, await host.Services.RunCommandAsync(["restore", archive, "--key", folder.File("other.key")]));

        Assert.False(File.Exists(folder.File("none.key")));
        Assert.Empty(await TablesAsync(host));
    }

    [Fact]
    public async Task Restore_ADamagedArchive_ChangesNothing()
    {
        var archive = await BackUpAsync("--with-key");
        var bytes = await File.ReadAllBytesAsync(archive, ct);
        bytes[bytes.AsSpan().IndexOf((byte[])[0x1f, 0x8b]) + 100] ^= 1;
        await File.WriteAllBytesAsync(archive, bytes, ct);
        using var host = Build("fresh", await mariaDb.CreateEmptyDatabaseAsync(ct), "none.key");

        Assert.Equal(1, await host.Services.RunCommandAsync(["restore", archive]));

        Assert.Empty(await TablesAsync(host));
    }

    [Fact]
    public async Task Restore_OverADatabaseInUse_NeedsReplaceAndKeepsADump()
    {
        var archive = await BackUpAsync();
        using (var running = Build("there", connectionString, "portal.key"))
        {
            await running.StartAsync(ct);
            await using (var db = await Contexts(running).CreateDbContextAsync(ct))
            {
                await db.Projects.ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, "changed-since"), ct);
            }

            await running.StopAsync(ct);
        }

        MySqlConnector.MySqlConnection.ClearAllPools();
        using var host = Build("there", connectionString, "portal.key");
        Assert.Equal(1, await host.Services.RunCommandAsync(["restore", archive]));
        Assert.Equal(0, await host.Services.RunCommandAsync(["restore", archive, "--replace", "--check"]));
        Assert.Equal("changed-since", await NameAsync(host));

        Assert.Equal(0, await host.Services.RunCommandAsync(["restore", archive, "--replace"]));
        Assert.Equal("acme-shop", await NameAsync(host));
        Assert.Single(Directory.GetFiles(folder.File("data/backups"), "before-restore-*.sql.gz"));
    }

    [Fact]
    public async Task Restore_WhileAnotherUsesTheDatabase_IsRefused()
    {
        var archive = await BackUpAsync();
        await using var other = new MySqlConnector.MySqlConnection(connectionString + ";Pooling=false");
        await other.OpenAsync(ct);
        using var host = Build("there", connectionString, "portal.key");

        Assert.Equal(1, await host.Services.RunCommandAsync(["restore", archive, "--replace"]));
    }

    [Fact]
    public async Task Backup_Keep_LeavesTheNewest()
    {
        await BackUpAsync();
        var last = await BackUpAsync("--keep", "1");

        Assert.Equal([last], Directory.GetFiles(folder.File("archives")));
    }

    private async Task<string> BackUpAsync(params string[] more)
    {
        var before = Directory.Exists(folder.File("archives")) ? Directory.GetFiles(folder.File("archives")) : [];
        using var host = Build("there", connectionString, "portal.key");
        Assert.Equal(0, await host.Services.RunCommandAsync(["backup", "--to", folder.File("archives"), .. more]));
        MySqlConnector.MySqlConnection.ClearAllPools();
        return Directory.GetFiles(folder.File("archives")).Except(before).Single();
    }

    private IHost Build(string remote, string database, string key) => PortalHost.Build(
        folder, ("Database:ConnectionString", database), ("Secrets:KeyFile", folder.File(key)), ("Executor:InventoryRemote", folder.File(remote) + "/{project}.git"));

    private async Task MakeRepositoryAsync(string remote) =>
        await Cli.Wrap("git").WithArguments(["init", "--quiet", "--bare", "--initial-branch=main", folder.File($"{remote}/p-1.git")]).ExecuteBufferedAsync(ct);

    private async Task<string> HeadAsync(string remote, string project) =>
        (await Cli.Wrap("git").WithArguments(["-c", "safe.directory=*", $"--git-dir={folder.File($"{remote}/{project}.git")}", "rev-parse", "main"]).ExecuteBufferedAsync(ct)).StandardOutput.Trim();

    private async Task<string> ListAsync(string archive) => (await Cli.Wrap("tar").WithArguments(["-tf", archive]).ExecuteBufferedAsync(ct)).StandardOutput;

    private async Task<string> NameAsync(IHost host)
    {
        await using var db = await Contexts(host).CreateDbContextAsync(ct);
        return (await db.Projects.AsNoTracking().SingleAsync(ct)).Name;
    }

    private async Task<List<string>> TablesAsync(IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<BackupDatabase>();
        await database.OpenAsync(alone: false, ct);
        return [.. await database.TablesAsync(ct)];
    }

    private async Task FillAsync(IHost host)
    {
        var (secrets, time) = (host.Services.GetRequiredService<ISecretStore>(), DateTime.UnixEpoch);
        var head = await host.Services.GetRequiredService<IInventoryStore>().CommitAsync(
            "p-1", new InventoryTree(new Dictionary<string, string> { ["hosts.yml"] = "all: {}\n" }, new Dictionary<string, Secret>()), Vault, "Run 1", ct);
        await using var db = await Contexts(host).CreateDbContextAsync(ct);
        var (key, vault, token) = (secrets.Seal("p-1", "ssh-private-key", new Secret("key")), secrets.Seal("p-1", "vault-password", Vault), secrets.Seal("a-1", "token", new Secret("token")));
        db.Secrets.AddRange(key, vault, token);
        db.Clients.Add(new Client { Id = "c-1", Name = "Acme", CreatedAt = time });
        db.Accounts.Add(new HetznerAccount { Id = "a-1", Name = "Main", TokenId = token.Id, TokenHint = "oken", CreatedAt = time });
        db.AccountAllotments.Add(new AccountAllotment { AccountId = "a-1", ClientId = "c-1" });
        db.Projects.Add(new Project
        {
            Id = "p-1", ClientId = "c-1", AccountId = "a-1", Name = "acme-shop", Mode = ProjectMode.Direct, CreatedAt = time, SshPublicKey = "ssh-ed25519 AAAA", SshKeySecretId = key.Id,
            VaultSecretId = vault.Id, InventoryCommit = head.Id,
        });
        await db.SaveChangesAsync(ct);
    }

    private static IDbContextFactory<PortalDbContext> Contexts(IHost host) => host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
}
