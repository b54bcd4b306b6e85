using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Web.Hosting;

/// <summary>The domain's services, and what the host adds to them.</summary>
internal static class PortalServices
{
    public static WebApplicationBuilder AddPortalServices(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<ActorService>().AddSingleton<ClientService>().AddSingleton<UserService>().AddSingleton<AccountService>().AddSingleton<NameService>()
            .AddSingleton<ReservedNames>().AddSingleton<ProjectService>().AddSingleton<NodeService>().AddSingleton<NodeQueries>().AddSingleton<SiteService>()
            .AddSingleton<SiteQueries>().AddSingleton<RunQueue>().AddSingleton<ChangeFeed>();
        builder.Services.AddHealthChecks().AddCheck<Health>("database");
        builder.Services.AddSingleton<Account.SetupLink>();
        builder.Services.AddHostedService<Account.SetupAnnouncement>();
        return builder;
    }
}
