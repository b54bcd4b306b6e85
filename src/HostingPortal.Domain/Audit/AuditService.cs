using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Audit;

/// <summary>Reading the audit log, and writing what happens outside of services (sign-ins).</summary>
public sealed class AuditService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Staff read everything.</summary>
    public async Task<Page<AuditRow>> ListAsync(Actor actor, PageQuery query, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var entries = db.AuditEntries.AsNoTracking().AsQueryable();
        foreach (var word in query.Words)
        {
            entries = entries.Where(a => a.ActorName.Contains(word) || a.Action.Contains(word) || (a.ObjectName != null && a.ObjectName.Contains(word)));
        }

        return await entries.OrderByDescending(a => a.Id)
            .Select(a => new AuditRow(
                a.Id, a.At, a.ActorName, a.ClientId, db.Clients.Where(c => c.Id == a.ClientId).Select(c => c.Name).FirstOrDefault(),
                a.Action, a.ObjectKind, a.ObjectId, a.ObjectName, a.RunId, a.Detail, a.RemoteAddress))
            .ToPageAsync(query, ct);
    }

    /// <summary>Records a sign-in or its refusal; <paramref name="name"/> is what was typed, cut to what fits.</summary>
    public async Task SignInAsync(string? userId, string name, bool succeeded, string? remoteAddress, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.AuditEntries.Add(new AuditEntry
        {
            At = time.GetUtcNow().UtcDateTime, ActorId = userId, ActorName = name.Length <= 120 ? name : name[..120],
            Action = succeeded ? "sign-in" : "sign-in.failed", RemoteAddress = remoteAddress,
        });
        await db.SaveChangesAsync(ct);
    }
}

public sealed record AuditRow(
    long Id, DateTime At, string ActorName, string? ClientId, string? ClientName, string Action, string? ObjectKind, string? ObjectId, string? ObjectName,
    long? RunId, string? Detail, string? RemoteAddress);
