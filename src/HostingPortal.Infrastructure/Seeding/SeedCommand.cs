using HostingPortal.Infrastructure.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Infrastructure.Seeding;

/// <summary><c>seed --large</c> on the portal's own command line: into its database, whether a portal runs on it or not.</summary>
internal static class SeedCommand
{
    /// <returns>Exit code, or null where the arguments name another command.</returns>
    public static async Task<int?> RunAsync(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not ["seed", .. var rest])
        {
            return null;
        }

        if (rest is not ["--large"])
        {
            await Console.Error.WriteLineAsync("seed --large    made-up clients, projects, sites and runs for an empty portal");
            return 2;
        }

        await using var scope = services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<BackupDatabase>().OpenAsync(alone: false, ct);
            await scope.ServiceProvider.GetRequiredService<LargeSeed>().RunAsync(SeedSize.Large, Console.WriteLine, ct);
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or MySqlConnector.MySqlException)
        {
            await Console.Error.WriteLineAsync($"seed: {e.Message}");
            return 1;
        }
    }
}
