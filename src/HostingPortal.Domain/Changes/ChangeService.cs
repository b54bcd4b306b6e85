using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Changes;

/// <summary>Reading the history.</summary>
public sealed class ChangeService(IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="filter">Null members mean all.</param>
    public async Task<Page<ChangeRow>> ListAsync(Actor actor, ChangeFilter filter, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var changes = db.Changes.AsNoTracking().Where(c => actor.IsStaff || ids.Contains(c.ClientId))
            .Where(c => (filter.ClientId == null || c.ClientId == filter.ClientId) && (filter.ProjectId == null || c.ProjectId == filter.ProjectId)
                && (filter.NodeId == null || c.NodeId == filter.NodeId) && (filter.ObjectId == null || c.ObjectId == filter.ObjectId));
        foreach (var word in query.Words)
        {
            changes = changes.Where(c => c.ObjectName.Contains(word) || c.ActorName.Contains(word));
        }

        return await changes.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => c.Id)
            .ToHistoryPageAsync(changes, shown => Rows(db, db.Changes.AsNoTracking().Where(c => shown.Contains(c.Id))), c => c.Id, query, ct);
    }

    private static IQueryable<ChangeRow> Rows(PortalDbContext db, IQueryable<Change> changes) => changes.Select(c => new ChangeRow(
        c.Id, c.ClientId, c.ProjectId, c.NodeId, c.ObjectKind, c.ObjectId, c.ObjectName, c.Verb, c.Before, c.After, c.ActorName, c.At, c.RunId,
        db.Runs.Where(r => r.Id == c.RunId).Select(r => (Runs.RunState?)r.State).FirstOrDefault()));
}

/// <summary>Null members mean all.</summary>
public sealed record ChangeFilter
{
    public string? ClientId { get; init; }

    public string? ProjectId { get; init; }

    public string? NodeId { get; init; }

    public string? ObjectId { get; init; }
}

/// <param name="Verb">Resource key of its sentence is <c>Change.{Verb}</c>.</param>
/// <param name="RunState">State of the run that carries it.</param>
public sealed record ChangeRow(
    string Id, string ClientId, string? ProjectId, string? NodeId, string ObjectKind, string ObjectId, string ObjectName, string Verb,
    string? Before, string? After, string ActorName, DateTime At, long? RunId, Runs.RunState? RunState);
