using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>Makes contexts. Itself made before the database is up, because hosted services and the cookie ring ask for it; the options follow at first use.</summary>
internal sealed class PortalContexts(Database database, IServiceProvider services) : IDbContextFactory<PortalDbContext>
{
    private readonly Lazy<DbContextOptions<PortalDbContext>> options = new(() => Options(database, services), LazyThreadSafetyMode.PublicationOnly);

    public PortalDbContext CreateDbContext() => new(options.Value);

    private static DbContextOptions<PortalDbContext> Options(Database database, IServiceProvider services)
    {
        var builder = new DbContextOptionsBuilder<PortalDbContext>().UseApplicationServiceProvider(services);
        database.Configure(builder);
        return builder.Options;
    }
}
