using System.Text.Json;
using System.Text.Json.Serialization;
using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;
using HostingPortal.Infrastructure.Hetzner.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Refit;

namespace HostingPortal.Infrastructure.Hetzner;

internal static class HetznerServices
{
    private static readonly RefitSettings Settings = new(new SystemTextJsonContentSerializer(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    }))
    {
        // RetryHandler throws what callers are meant to see; nothing is wrapped around it.
        TransportExceptionFactory = (_, e, _) => e,
        DeserializationExceptionFactory = (_, e) => new ValueTask<Exception?>(Faults.Unreadable(e)),
    };

    public static IServiceCollection AddHetzner(this IServiceCollection services)
    {
        services.AddOptions<HetznerOptions>().BindConfiguration(HetznerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HetznerOptions>, HetznerOptionsCheck>();
        services.AddTransient<RetryHandler>().AddTransient<CallBudgetHandler>().AddSingleton<CallBudget>();
        services.AddApi<IActionsApi>().AddApi<ICatalogApi>().AddApi<IPricingApi>().AddApi<ISshKeysApi>()
            .AddApi<IFirewallsApi>().AddApi<IServersApi>().AddApi<INetworksApi>().AddApi<IZonesApi>();
        services.AddSingleton<CreateOnce>().AddSingleton<ActionPoller>();
        services.AddSingleton<CatalogReader>().AddSingleton<SshKeys>().AddSingleton<Firewalls>().AddSingleton<Networks>().AddSingleton<CloudDoors>().AddSingleton<Servers>().AddSingleton<Records>();
        return services.AddSingleton<IServerCloud, HetznerCloud>();
    }

    /// <summary>Clients live as long as the portal: connections are renewed by their own lifetime instead of by new handlers.</summary>
    private static IServiceCollection AddApi<T>(this IServiceCollection services)
        where T : class
    {
        services.AddRefitGeneratedClient<T>(Settings)
            .ConfigureHttpClient((provider, client) =>
            {
                client.BaseAddress = new Uri(provider.GetRequiredService<IOptions<HetznerOptions>>().Value.Endpoint.TrimEnd('/'));
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.UserAgent.ParseAdd("HostingPortal/0.1");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler<CallBudgetHandler>()
            .AddHttpMessageHandler<RetryHandler>();
        return services;
    }
}
