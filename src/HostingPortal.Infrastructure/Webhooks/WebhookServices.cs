using HostingPortal.Domain.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsCheck>().AddSingleton<PublicConnect>().AddSingleton<IWebhooks, HttpWebhooks>();
    }
}
