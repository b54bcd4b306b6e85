using HostingPortal.Domain.Persistence;
using HostingPortal.Infrastructure.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Persistence;

internal static class PersistenceServices
{
    public static IServiceCollection AddPersistence(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsCheck>();
        services.AddSingleton<Database>();
        services.AddSingleton<PrivateDatabase>();
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton<SchemaUpdate>();
        services.AddHostedService<DatabaseStart>();
        services.AddSingleton<IDbContextFactory<PortalDbContext>, PortalContexts>();

        // For ASP.NET Identity's stores, which take a context of the scope.
        return services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());
    }
}
