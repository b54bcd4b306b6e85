using HostingPortal.Domain;

namespace HostingPortal.Web.Hosting;

/// <summary>The domain's services, and what the host adds to them.</summary>
internal static class PortalServices
{
    public static WebApplicationBuilder AddPortalServices(this WebApplicationBuilder builder)
    {
        builder.Services.AddDomain();
        builder.Services.AddHealthChecks().AddCheck<Health>("database");
        builder.Services.AddSingleton<Drain>().AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddSingleton<Account.SetupLink>();
        builder.Services.AddHostedService<Account.SetupAnnouncement>();
        builder.Services.AddSingleton<Domain.Notifications.INoticeWriter, Components.Notifications.NoticeLetters>();
        builder.Services.AddSingleton<Account.Letters>().AddSingleton<Account.SecurityLog>();
        builder.Services.AddSingleton<Account.ResetRequests>().AddHostedService(services => services.GetRequiredService<Account.ResetRequests>());
        return builder;
    }
}
