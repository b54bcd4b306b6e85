using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Sites;

/// <summary>
/// Nodes renew by themselves and need not tell: when a certificate seems to end soon the portal asks the site which one it shows, and tells people only when
/// that one ends within two weeks. Each instance looks; the row's lock lets one of them ask.
/// </summary>
internal sealed class CertificateWatch(IDbContextFactory<PortalDbContext> contexts, ISiteProbe probe, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Near = TimeSpan.FromDays(21);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Asks for every certificate whose turn it is; returns how many that were.</summary>
    public async Task<int> TickAsync(CancellationToken ct)
    {
        var asked = 0;
        while (await ClaimAsync(ct) is { } id)
        {
            await AskAsync(id, ct);
            asked++;
        }

        return asked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "Certificates could not be looked at; trying again.");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<string?> ClaimAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var days = (int)Near.TotalDays;
        var due = await db.Database.SqlQuery<string>(
            $"""
             SELECT Id AS Value FROM certificates
             WHERE NOT Removed AND NotAfter < UTC_TIMESTAMP(3) + INTERVAL {days} DAY AND (CheckedAt IS NULL OR CheckedAt < UTC_TIMESTAMP(3) - INTERVAL 6 HOUR)
             ORDER BY NotAfter LIMIT 1 FOR UPDATE SKIP LOCKED
             """).ToListAsync(ct);
        if (due is not [var id])
        {
            return null;
        }

        await db.Database.ExecuteSqlAsync($"UPDATE certificates SET CheckedAt = UTC_TIMESTAMP(3) WHERE Id = {id}", ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    private async Task AskAsync(string id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var site = await db.Sites.AsNoTracking().Include(s => s.Names).ThenInclude(n => n.Name).Include(s => s.Node).FirstOrDefaultAsync(s => s.CertificateId == id && !s.Removed, ct);
        if (site?.Canonical?.Name?.Name is not { } name || site.Node?.PublicIpv4 is not { } address)
        {
            return;
        }

        var shown = (await probe.AskAsync(name, address, ct)).CertificateNotAfter?.UtcDateTime;
        var row = await db.Certificates.FirstAsync(c => c.Id == id, ct);
        if (shown > row.NotAfter)
        {
            (row.NotAfter, row.State, row.LastError) = (shown, CertificateState.Valid, null);
        }
        else if (row.NotAfter < await db.NowAsync(ct) + Soon && row.ToldEnd != row.NotAfter)
        {
            row.ToldEnd = row.NotAfter;
            await db.NotifyAsync(time, new Notice(NotificationKind.CertificateEnding, site.ClientId, site.ProjectId, new ObjectRef("site", site.Id, name)) { NodeId = site.NodeId, EndsAt = row.NotAfter }, ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
