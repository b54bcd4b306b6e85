using System.Text.Json;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Audit;

/// <summary>Adds the audit line and, where something that should be has changed, the change, to the transaction of the thing itself.</summary>
internal static class Recording
{
    public static void Audit(this PortalDbContext db, Actor actor, TimeProvider time, string action, string? clientId, ObjectRef? about = null, string? detail = null, long? runId = null) =>
        db.AuditEntries.Add(new AuditEntry
        {
            At = time.GetUtcNow().UtcDateTime,
            ActorId = actor.UserId,
            ActorName = actor.Name,
            ActingForId = actor.ActingFor?.ClientId,
            ActingForName = actor.ActingFor?.ClientName,
            ClientId = clientId,
            Action = action,
            ObjectKind = about?.Kind,
            ObjectId = about?.Id,
            ObjectName = about?.Name,
            Detail = detail,
            RunId = runId,
        });

    /// <summary>Records a change and its audit line; <paramref name="verb"/> is the resource key of the sentence.</summary>
    public static Change Change(this PortalDbContext db, Actor actor, TimeProvider time, string verb, Scope scope, ObjectRef about, object? before, object? after)
    {
        var change = new Change
        {
            Id = Ids.New("ch", time),
            ClientId = scope.ClientId,
            ProjectId = scope.ProjectId,
            NodeId = scope.NodeId,
            ObjectKind = about.Kind,
            ObjectId = about.Id,
            ObjectName = about.Name,
            Verb = verb,
            Before = before is null ? null : JsonSerializer.Serialize(before, JsonSerializerOptions.Web),
            After = after is null ? null : JsonSerializer.Serialize(after, JsonSerializerOptions.Web),
            Feature = scope.Feature,
            ActorId = actor.UserId,
            ActorName = actor.Name,
            At = time.GetUtcNow().UtcDateTime,
        };
        db.Changes.Add(change);
        db.Audit(actor, time, verb, scope.ClientId, about);
        return change;
    }
}

/// <summary>Kind, id and what people call it.</summary>
internal sealed record ObjectRef(string Kind, string Id, string Name);

/// <summary>Whose, where, and which host_vars file moves (<paramref name="Feature"/>).</summary>
internal sealed record Scope(string ClientId, string? ProjectId, string? NodeId, string Feature);
