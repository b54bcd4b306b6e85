using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>
/// For <c>dotnet ef migrations add NAME --project src/HostingPortal.Infrastructure --output-dir Persistence/Migrations</c>; it never connects.
/// </summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PortalDbContext>()
            .UseMySql("Server=none", new MariaDbServerVersion(new Version(10, 11)), o => o.MigrationsAssembly(typeof(Database).Assembly.FullName))
            .Options);
}
