using System.Runtime.CompilerServices;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Audit;

/// <summary>Reading the audit log, and writing what happens outside of services (sign-ins).</summary>
public sealed class AuditService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int ExportPiece = 1000;

    /// <summary>Staff read everything.</summary>
    public async Task<Page<AuditRow>> ListAsync(Actor actor, AuditFilter filter, PageQuery query, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = Find(db, filter, query);
        return await found.OrderByDescending(a => a.Id).Select(a => a.Id)
            .ToHistoryPageAsync(found, shown => Rows(db, db.AuditEntries.AsNoTracking().Where(a => shown.Contains(a.Id))), a => a.Id, query, ct);
    }

    /// <summary>The same, oldest first and all of it, as lines of CSV with a head; read in pieces, never held as a whole.</summary>
    public async IAsyncEnumerable<string> ExportAsync(Actor actor, AuditFilter filter, PageQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        actor.RequireStaff();
        yield return AuditCsv.Head;
        long after = 0;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var piece = await Rows(db, Find(db, filter, query).Where(a => a.Id > after).OrderBy(a => a.Id).Take(ExportPiece)).ToListAsync(ct);
            foreach (var row in piece)
            {
                yield return AuditCsv.LineOf(row);
            }

            if (piece.Count < ExportPiece)
            {
                yield break;
            }

            after = piece[^1].Id;
        }
    }

    /// <summary>Records what a person changed about its own sign-in, e.g. <c>two-factor.on</c>.</summary>
    public async Task OwnAccountAsync(string userId, string name, string action, string? detail, string? remoteAddress, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.AuditEntries.Add(new AuditEntry
        {
            At = time.GetUtcNow().UtcDateTime, ActorId = userId, ActorName = name, Action = action, Detail = detail, RemoteAddress = remoteAddress,
            ObjectKind = "user", ObjectId = userId, ObjectName = name,
        });
        await db.SaveChangesAsync(ct);
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

    private static IQueryable<AuditEntry> Find(PortalDbContext db, AuditFilter filter, PageQuery query)
    {
        var entries = db.AuditEntries.AsNoTracking()
            .Where(a => (filter.ClientId == null || a.ClientId == filter.ClientId) && (filter.ActorId == null || a.ActorId == filter.ActorId)
                && (filter.ObjectId == null || a.ObjectId == filter.ObjectId) && (filter.From == null || a.At >= filter.From) && (filter.Until == null || a.At < filter.Until));
        if (filter.Action is { Length: > 0 } action)
        {
            entries = entries.Where(a => a.Action == action || a.Action.StartsWith(action + "."));
        }

        foreach (var word in query.Words)
        {
            entries = entries.Where(a => a.ActorName.Contains(word) || a.Action.Contains(word) || (a.ObjectName != null && a.ObjectName.Contains(word))
                || (a.ActingForName != null && a.ActingForName.Contains(word)));
        }

        return entries;
    }

    private static IQueryable<AuditRow> Rows(PortalDbContext db, IQueryable<AuditEntry> entries) => entries.Select(a => new AuditRow(
        a.Id, a.At, a.ActorId, a.ActorName, a.ActingForName, a.ClientId, db.Clients.Where(c => c.Id == a.ClientId).Select(c => c.Name).FirstOrDefault(),
        a.Action, a.ObjectKind, a.ObjectId, a.ObjectName, a.RunId, a.Detail, a.RemoteAddress));
}

/// <summary>Null members mean all.</summary>
public sealed record AuditFilter
{
    public string? ClientId { get; init; }

    public string? ActorId { get; init; }

    public string? ObjectId { get; init; }

    /// <summary>A whole action or its first part, e.g. <c>site</c> for <c>site.add</c> and <c>site.change</c>.</summary>
    public string? Action { get; init; }

    /// <summary>UTC, included.</summary>
    public DateTime? From { get; init; }

    /// <summary>UTC, not included.</summary>
    public DateTime? Until { get; init; }
}

/// <param name="ActingForName">The client an admin acted as.</param>
public sealed record AuditRow(
    long Id, DateTime At, string? ActorId, string ActorName, string? ActingForName, string? ClientId, string? ClientName, string Action, string? ObjectKind,
    string? ObjectId, string? ObjectName, long? RunId, string? Detail, string? RemoteAddress);
