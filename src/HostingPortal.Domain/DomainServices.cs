using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Dashboard;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;
using HostingPortal.Domain.Search;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HostingPortal.Domain;

/// <summary>Table of contents: every service of the domain. The ports come from the infrastructure.</summary>
public static class DomainServices
{
    public static IServiceCollection AddDomain(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);

        // People and what they own
        services.AddSingleton<ActorService>().AddSingleton<ClientService>().AddSingleton<UserService>().AddSingleton<TokenService>();
        services.AddSingleton<ClientPlanService>().AddSingleton<TeamService>().AddSingleton<InvitationService>().AddSingleton<SessionService>();
        services.AddSingleton<RequestKeys>().AddSingleton<SignInLimits>().AddSingleton<SignInRuleService>();
        services.AddSingleton<AccountService>().AddSingleton<ReservedNames>().AddSingleton<NameService>().AddSingleton<ProjectService>().AddSingleton<MasterKeys>();

        // Nodes and what runs on them
        services.AddSingleton<NodeService>().AddSingleton<NodeQueries>().AddSingleton<ReachQueries>();
        services.AddSingleton<MasterService>().AddSingleton<MasterQueries>().AddSingleton<NodeForgetService>();
        services.AddSingleton<SiteService>().AddSingleton<SiteQueries>().AddSingleton<CertificateQueries>().AddSingleton<SuspensionService>().AddSingleton<DnsBroker>();

        // Inventory: one host_vars file per feature
        services.AddSingleton<DesiredStateReader>().AddSingleton<InventoryRenderer>().AddSingleton<InventoryTools>().AddSingleton<ConvergePlay>();
        services.AddSingleton<RunPlaces>().AddSingleton<MasterHandover>().AddSingleton<MasterWatches>();
        services.AddSingleton<IHostVarsSource, NodeVars>().AddSingleton<IHostVarsSource, SiteVars>().AddSingleton<IHostVarsSource, CertificateVars>()
            .AddSingleton<IHostVarsSource, MasterVars>();

        // Runs: one handler per kind; what a feature learns from a converge
        services.AddSingleton<RunQueue>().AddSingleton<RunService>().AddSingleton<RunAgainService>().AddSingleton<RunHints>().AddSingleton<RunFeed>();
        services.AddSingleton<RunLogService>().AddSingleton<RunSearchService>();
        services.AddSingleton<RunClaims>().AddSingleton<RunServices>().AddSingleton<RunWorker>().AddSingleton<PlayRunner>().AddHostedService<RunDispatcher>();
        services.AddSingleton<RemoteRuns>().AddHostedService(s => s.GetRequiredService<RemoteRuns>());
        services.AddSingleton<RemoteNews>().AddHostedService(s => s.GetRequiredService<RemoteNews>());
        services.AddSingleton<NodeAccess>().AddSingleton<OrderSteps>().AddSingleton<NodeOrder>().AddSingleton<NodeOrderSources>().AddSingleton<NodeFallbacks>().AddSingleton<ConvergeOutcome>().AddSingleton<IPlayWatcher, HostKeyPins>();
        services.AddSingleton<IRunHandler, ProvisionHandler>().AddSingleton<IRunHandler, BootstrapHandler>().AddSingleton<IRunHandler, ConvergeHandler>()
            .AddSingleton<IRunHandler, CheckHandler>().AddSingleton<IRunHandler, DecommissionHandler>().AddSingleton<IRunHandler, TaskHandler>();
        services.AddSingleton<KeyRotation>().AddSingleton<IRunJob, RotateMasterJob>().AddSingleton<IRunJob, RotateNodesJob>().AddSingleton<IRunJob, MasterContentJob>()
            .AddSingleton<IRunJob, MasterWatchJob>().AddSingleton<IRunJob, RecoverNodesJob>().AddSingleton<IRunJob, CheckReachJob>()
            .AddSingleton<IRunJob, RenewSecretsJob>().AddSingleton<FollowUp>().AddSingleton<IRunJob, AdoptNodesJob>().AddSingleton<IRunJob, ReleaseNodesJob>();
        services.AddSingleton<IConvergeReport, CertificateReport>().AddSingleton<IConvergeReport, SiteRecords>().AddSingleton<IConvergeReport, SiteReport>();
        services.AddSingleton<IRunEnd, SiteRunEnd>().AddSingleton<IRunEnd, WatchRunEnd>().AddSingleton<IRunEnd, AccountRunEnd>().AddSingleton<IRunEnd, UnreachableRunEnd>();

        // By the clock
        services.AddSingleton<RunLogRetention>().AddHostedService(s => s.GetRequiredService<RunLogRetention>());
        services.AddSingleton<ScheduleService>().AddSingleton<ScheduleClock>().AddHostedService(s => s.GetRequiredService<ScheduleClock>());
        services.AddSingleton<MasterFetch>().AddHostedService(s => s.GetRequiredService<MasterFetch>());

        // What happened, told in the portal and beyond
        services.AddSingleton<NotificationService>().AddSingleton<ChannelService>().AddSingleton<IRunWitness, RunNotices>();
        services.AddSingleton<Outbox>().AddSingleton<Delivery>().AddSingleton<OutboxSender>().AddHostedService(s => s.GetRequiredService<OutboxSender>());
        services.AddSingleton<NotificationNews>().AddHostedService(s => s.GetRequiredService<NotificationNews>());
        services.AddSingleton<CertificateWatch>().AddHostedService(s => s.GetRequiredService<CertificateWatch>());

        // History and live views
        services.AddSingleton<ChangeFeed>().AddSingleton<ChangeService>().AddSingleton<AuditService>().AddSingleton<DashboardService>().AddSingleton<SearchService>();
        return services;
    }
}
