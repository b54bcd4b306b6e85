using System.Text.Json;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// Pins the host keys a node announces while its play still runs: <c>portal_next_host_key</c> comes before the node shows the key, <c>portal_host_key</c> once
/// it does. Whatever becomes of the run after that, the portal knows the key the node answers with.
/// </summary>
internal sealed class HostKeyPins(IDbContextFactory<PortalDbContext> contexts) : IPlayWatcher
{
    public async Task SeeAsync(RunContext run, RunEvent e, CancellationToken ct)
    {
        if (e.Kind != "result" || e.Host is not { } nodeId || !e.Json.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var (next, shown) = (HostKey(data, "portal_next_host_key"), HostKey(data, "portal_host_key"));
        if ((next is null && shown is null) || run.Run.Nodes.All(n => n.NodeId != nodeId))
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.FirstAsync(n => n.Id == nodeId, ct);
        if (next is not null && next != node.HostKey)
        {
            node.NextHostKey = next;
        }

        if (shown is not null && (shown == node.NextHostKey || shown == node.HostKey))
        {
            node.FirstHostKeySecretId = shown == node.HostKey ? node.FirstHostKeySecretId : null;
            node.HostKey = shown;
            node.NextHostKey = null;
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Type and key, without the comment; null unless it has the form of an Ed25519 key.</summary>
    private static string? HostKey(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: < 200 } key
            && key.StartsWith("ssh-ed25519 ", StringComparison.Ordinal) && !key.Contains('\n', StringComparison.Ordinal)
            ? string.Join(' ', key.Split(' ').Take(2))
            : null;
}
