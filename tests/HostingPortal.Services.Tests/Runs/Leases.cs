using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Lets time pass for a lease: the owner has not been heard of for a minute.</summary>
internal static class Leases
{
    public static async Task ExpireAsync(World world, long runId, CancellationToken ct)
    {
        await using var db = world.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE runs SET LeaseUntil = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE WHERE Id = {runId}", ct);
    }
}
