using System.Globalization;
using System.Text.Json;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Certificates;

/// <summary>
/// Takes over <c>portal_certificates</c>, e.g. <c>[{"id":"x-…","state":"obtained","not_after":"2027-02-18T09:00:00Z","error":""}]</c>.
/// </summary>
internal sealed class CertificateReport(IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : IConvergeReport
{
    public bool Checks => true;

    public async Task<IReadOnlyList<string>> ApplyAsync(RunContext run, DesiredNode node, ConvergeResult result, CancellationToken ct)
    {
        if (result.Data.Get(node.Node.Id, "portal_certificates") is not { ValueKind: JsonValueKind.Array } list)
        {
            return [];
        }

        var failed = new List<string>();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Certificates.Where(c => c.NodeId == node.Node.Id).ToDictionaryAsync(c => c.Id, ct);
        foreach (var entry in list.EnumerateArray())
        {
            if (Word(entry, "id") is not { } id || !rows.TryGetValue(id, out var row))
            {
                continue;
            }

            row.LastTriedAt = run.Run.Check ? row.LastTriedAt : time.GetUtcNow().UtcDateTime;
            if (DateTime.TryParse(Word(entry, "not_after"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var notAfter))
            {
                row.NotAfter = notAfter;
            }

            if (Word(entry, "state") == "failed")
            {
                if (row.State != CertificateState.Failing && node.Sites.FirstOrDefault(s => s.CertificateId == id) is { } site)
                {
                    var about = new ObjectRef("site", site.Id, site.Canonical?.Name?.Name ?? site.Id);
                    await db.NotifyAsync(time, new Notice(NotificationKind.CertificateFailed, site.ClientId, site.ProjectId, about) { NodeId = site.NodeId, RunId = run.Run.Id, EndsAt = row.NotAfter }, ct);
                }

                row.State = CertificateState.Failing;
                row.LastError = Cut(Word(entry, "error"));
                failed.Add($"certificate {id}: {row.LastError}");
            }
            else
            {
                row.State = CertificateState.Valid;
                row.LastError = null;
            }
        }

        await db.SaveChangesAsync(ct);
        return failed;
    }

    private static string? Word(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cut(string? text) => text is null ? "" : text.Length <= 2000 ? text : text[..2000];
}
