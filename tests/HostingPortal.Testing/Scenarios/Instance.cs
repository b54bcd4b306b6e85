using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Infrastructure.Git;
using HostingPortal.Testing.Fakes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Testing.Scenarios;

/// <summary>
/// One portal instance with the real domain, the real database and hand-written ports. Nothing runs by itself: a test takes runs one by one, and
/// heartbeats stand still after the first.
/// </summary>
public sealed class Instance : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly CancellationTokenSource stopping = new();

    internal Instance(World world, CallGate gate, Action<PortalOptions>? settings)
    {
        World = world;
        Gate = gate;
        var setup = new ServiceCollection();
        setup.AddLogging().AddSingleton<TimeProvider>(Timers).AddSingleton<IDbContextFactory<PortalDbContext>>(world.Database);
        setup.AddScoped(_ => world.Database.CreateDbContext());
        setup.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        setup.AddIdentityCore<PortalUser>(o => o.User.RequireUniqueEmail = true).AddEntityFrameworkStores<PortalDbContext>().AddDefaultTokenProviders();
        setup.AddDomain();
        setup.Configure<PortalOptions>(o => o.BaseUrl = "https://portal.example.net");
        setup.Configure<PortalOptions>(settings ?? (_ => { }));
        setup.AddSingleton<IServerCloud>(new FakeCloud(world.Cloud, gate)).AddSingleton<IExecutors>(new FakeExecutors(world, gate));
        setup.AddSingleton<IInventoryStore>(new FakeInventoryStore(world.Inventory, gate)).AddSingleton<IVarsWriter, VarsWriter>();
        setup.AddSingleton<IWorkingDisk>(Disk).AddSingleton<INameLookup>(world.Outside).AddSingleton<ISiteProbe>(world.Outside);
        setup.AddSingleton<IMailer>(world.Post).AddSingleton<IWebhooks>(world.Post).AddSingleton<INoticeWriter, FakeNoticeWriter>();
        setup.AddSingleton<ISecretStore, FakeSecrets>().AddSingleton<IKeyGenerator, FakeKeys>().AddSingleton<INodeTemplates, FakeTemplates>();
        services = setup.BuildServiceProvider();
    }

    public World World { get; }

    public CallGate Gate { get; }

    public FakeDisk Disk { get; } = new();

    public FrozenTimers Timers { get; } = new();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public object Get(Type service) => services.GetRequiredService(service);

    /// <summary>Claims the next run, or null.</summary>
    public Task<Run?> ClaimAsync(CancellationToken ct) => Get<RunClaims>().ClaimAsync(ct);

    /// <summary>Works on a claimed run until it ended here or has to go on elsewhere.</summary>
    public Task WorkAsync(Run run) => Get<RunWorker>().WorkAsync(run, stopping.Token);

    /// <summary>Takes and works on runs until none is in line.</summary>
    public async Task WorkOffAsync(CancellationToken ct)
    {
        while (await ClaimAsync(ct) is { } run)
        {
            await WorkAsync(run);
        }
    }

    /// <summary>Shuts the instance down: its runs go on elsewhere.</summary>
    public Task StopAsync() => stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        stopping.Dispose();
        await services.DisposeAsync();
    }
}
