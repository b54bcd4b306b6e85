using HostingPortal.Domain.Runs;
using HostingPortal.Infrastructure.Backups;
using HostingPortal.Infrastructure.Content;
using HostingPortal.Infrastructure.Executors;
using HostingPortal.Infrastructure.Hetzner;
using HostingPortal.Infrastructure.Live;
using HostingPortal.Infrastructure.Mail;
using HostingPortal.Infrastructure.Names;
using HostingPortal.Infrastructure.Persistence;
using HostingPortal.Infrastructure.Secrets;
using HostingPortal.Infrastructure.Seeding;
using HostingPortal.Infrastructure.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace HostingPortal.Infrastructure;

/// <summary>Everything the portal needs from outside: database, secrets, Hetzner, executor, git, DNS, mail.</summary>
public static class InfrastructureServices
{
    /// <summary>
    /// Binds the sections Data, Database, Secrets, Content, Hetzner, Executor, Names, SiteProbe, Smtp, Webhooks and Redis; a host with unusable ones does not start and names each.
    /// </summary>
    public static IHostApplicationBuilder AddInfrastructure(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section);
        builder.Services.AddSingleton<DataFolder>().AddSingleton<IWorkingDisk, WorkingDisk>();
        builder.Services.AddPersistence().AddSecrets().AddContent().AddHetzner().AddExecutor().AddOutsideViews().AddMail().AddWebhooks().AddLive().AddBackups();
        return builder;
    }

    /// <summary>Runs <c>backup …</c>, <c>restore …</c> or <c>seed …</c> instead of the portal.</summary>
    /// <returns>Exit code, or null where the arguments name no command.</returns>
    public static async Task<int?> RunCommandAsync(this IServiceProvider services, string[] args) =>
        await SeedCommand.RunAsync(services, args, CancellationToken.None) ?? await BackupCommands.RunAsync(services, args, CancellationToken.None);
}
