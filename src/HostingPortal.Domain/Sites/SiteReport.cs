using System.Text.Json;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>
/// Takes over <c>portal_sites</c>, e.g. <c>{"applied":["s-…"],"failed":[{"id":"s-…","reason":"…"}],"removed":["s-…"]}</c>, and asks every new or changed
/// site whether it answers before calling it online.
/// </summary>
internal sealed class SiteReport(IDbContextFactory<PortalDbContext> contexts, ISiteProbe probe, ChangeFeed feed, TimeProvider time) : IConvergeReport
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<string>> ApplyAsync(RunContext run, DesiredNode node, ConvergeResult result, CancellationToken ct)
    {
        if (result.Data.Get(node.Node.Id, "portal_sites") is not { ValueKind: JsonValueKind.Object } report)
        {
            return [];
        }

        var applied = Listed(report, "applied");
        var removed = Listed(report, "removed");
        var waiting = Listed(report, "waiting");
        var reasons = Failed(report);
        var failed = new List<string>();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rendered = node.Sites.Select(s => s.Id).ToHashSet();
        var sites = await db.Sites.Where(s => s.NodeId == node.Node.Id).Include(s => s.Names).ThenInclude(n => n.Name).AsSplitQuery().ToListAsync(ct);
        var asked = new List<Site>();
        foreach (var site in sites.Where(s => rendered.Contains(s.Id)))
        {
            if (reasons.TryGetValue(site.Id, out var reason))
            {
                SetState(site, site.AppliedRevision > 0 ? site.State : SiteState.Failed, "site.not-applied", reason);
                failed.Add($"{site.Canonical?.Name?.Name ?? site.Id}: {reason}");
            }
            else if (waiting.Contains(site.Id) && !site.Removed)
            {
                SetState(site, SiteState.SettingUp, "site.waits-for-certificate", null);
            }
            else if (site.Removed)
            {
                // Removed after the commit: the run still set it up, and the next one takes it away.
                if (site.DesiredRevision <= node.Revision && (removed.Contains(site.Id) || applied.Contains(site.Id)))
                {
                    await ForgetAsync(db, site, ct);
                }
            }
            else if (applied.Contains(site.Id))
            {
                var revision = Math.Min(site.DesiredRevision, node.Revision);
                if (!node.Serving)
                {
                    SetState(site, SiteState.Suspended, null, null);
                }
                else if (site.AppliedRevision < revision || site.State != SiteState.Online)
                {
                    asked.Add(site);
                }

                site.AppliedRevision = Math.Max(site.AppliedRevision, revision);
            }
        }

        if (asked.Count > 0)
        {
            await run.StepAsync("answer", async () => failed.AddRange(await AskAsync(asked, node, ct)), ct);
        }

        await db.SaveChangesAsync(ct);
        foreach (var site in sites)
        {
            feed.Publish("site", site.Id, site.ClientId, site.ProjectId);
        }

        return failed;
    }

    private async Task<IReadOnlyList<string>> AskAsync(List<Site> sites, DesiredNode node, CancellationToken ct)
    {
        var silent = new List<string>();
        await Parallel.ForEachAsync(sites, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (site, token) =>
        {
            var name = site.Canonical?.Name?.Name;
            if (name is null || node.Node.PublicIpv4 is null)
            {
                return;
            }

            var answer = await probe.AskAsync(name, node.Node.PublicIpv4, token);
            lock (silent)
            {
                site.AnswerMilliseconds = (int)answer.Took.TotalMilliseconds;
                if (answer.Answers)
                {
                    SetState(site, answer.Took > Slow ? SiteState.Slow : SiteState.Online, null, null);
                }
                else
                {
                    SetState(site, SiteState.DoesNotAnswer, "site.silent", answer.Error ?? $"HTTP {answer.Status}");
                    silent.Add($"{name}: {site.StateDetail}");
                }
            }
        });
        return silent;
    }

    /// <summary>A site that is off its node leaves the tables; its changes and audit lines stay.</summary>
    private static async Task ForgetAsync(PortalDbContext db, Site site, CancellationToken ct)
    {
        db.Sites.Remove(site);
        db.Certificates.Remove(await db.Certificates.FirstAsync(c => c.Id == site.CertificateId, ct));
    }

    private void SetState(Site site, SiteState state, string? reason, string? detail)
    {
        if (site.State != state)
        {
            site.State = state;
            site.StateSince = time.GetUtcNow().UtcDateTime;
        }

        site.StateReason = reason;
        site.StateDetail = Run.Cut(detail, Site.DetailLength);
    }

    private static HashSet<string> Listed(JsonElement report, string name) =>
        report.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!).ToHashSet()
            : [];

    private static Dictionary<string, string> Failed(JsonElement report)
    {
        var reasons = new Dictionary<string, string>();
        if (report.TryGetProperty("failed", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object))
            {
                if (entry.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
                {
                    reasons[id.GetString()!] = entry.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString()! : "";
                }
            }
        }

        return reasons;
    }
}
