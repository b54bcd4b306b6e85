using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Live;

internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsCheck>().AddHostedService<RedisHints>();
    }
}
