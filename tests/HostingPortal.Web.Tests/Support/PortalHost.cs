using System.Net.Http.Headers;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Infrastructure;
using HostingPortal.Testing;
using HostingPortal.Web.Account;
using HostingPortal.Web.Api;
using HostingPortal.Web.Components;
using HostingPortal.Web.Hosting;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HostingPortal.Web.Tests.Support;

/// <summary>The portal in this process on a real port and a real MariaDB. Only what lies outside of it is replaced; no dispatcher works on its runs.</summary>
public sealed class PortalHost(MariaDbFixture databases) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hp-web-");
    private WebApplication? app;

    /// <summary>Of the portal's address below its host, e.g. <c>/hosting</c>.</summary>
    internal string Path { get; init; } = "";

    internal FakeOutside Outside { get; } = new();

    public IServiceProvider Services => app!.Services;

    public Uri Address => new(app!.Urls.First());

    public async ValueTask InitializeAsync()
    {
        var database = await databases.CreateDatabaseAsync(CancellationToken.None);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "HostingPortal.Web", ContentRootPath = folder.FullName, EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = database.ConnectionString,
            ["Data:Folder"] = folder.FullName,
            ["Portal:BaseUrl"] = "http://portal.test" + Path,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPortalOptions();
        builder.AddInfrastructure();
        builder.AddPortalServices();
        builder.AddPortalIdentity();
        builder.AddPortalLocalization();
        builder.AddPortalPages();
        builder.AddPortalProtection();
        builder.AddPortalApi();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        Replace(builder.Services);
        app = builder.Build();
        app.UseForwardedHeaders();
        app.UsePortalPipelineForTests();
        app.MapPortalHealth();
        app.MapPortalPreferences();
        app.MapPortalAccount();
        app.MapApi();
        app.MapPortalPages();
        await app.StartAsync();
    }

    public PortalDbContext Database() => Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A client of the API; without a user nobody is signed in.</summary>
    public async Task<HttpClient> ClientAsync(string? userId)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (userId is not null)
        {
            var actor = await Get<ActorService>().FindAsync(userId, CancellationToken.None);
            var token = await Get<TokenService>().CreateAsync(actor!, new CreateToken("test", TokenScope.Write, null, 1), CancellationToken.None);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private void Replace(IServiceCollection services)
    {
        var work = new NoWork();
        services.AddSingleton<IServerCloud>(Outside).AddSingleton<INodeTemplates>(Outside).AddSingleton<INameLookup>(Outside);
        services.AddSingleton<IExecutors>(work).AddSingleton<IInventoryStore>(work).AddSingleton<ISiteProbe>(work);
        foreach (var dispatcher in services.Where(s => s.ImplementationType == typeof(RunDispatcher) || s.ImplementationType == typeof(SetupAnnouncement)).ToList())
        {
            services.Remove(dispatcher);
        }
    }
}

internal static class TestPipeline
{
    /// <summary>The portal's own order, without request logs.</summary>
    public static void UsePortalPipelineForTests(this WebApplication app)
    {
        app.UsePortalPath();
        app.UseSecurityHeaders(ProtectionSetup.Headers(https: false));
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseMiddleware<StrongDoor>();
    }
}
