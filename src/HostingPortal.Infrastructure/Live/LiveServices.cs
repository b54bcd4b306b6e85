using HostingPortal.Domain.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Live;

internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section).ValidateOnStart();
        services.TryAddSingleton<RunHints>();
        return services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsCheck>().AddHostedService<RedisHints>();
    }
}
