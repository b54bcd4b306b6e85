using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>A run that failed says so on the sites it should have brought to their nodes: none stays "setting up" with nobody at work.</summary>
internal sealed class SiteRunEnd(IDbContextFactory<PortalDbContext> contexts, ChangeFeed feed, TimeProvider time) : IRunEnd
{
    public async Task EndingAsync(Run run, RunOutcome outcome, CancellationToken ct)
    {
        if (run.Check || outcome.State == RunState.Succeeded)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var nodes = await db.RunNodes.AsNoTracking().Where(n => n.RunId == run.Id).ToDictionaryAsync(n => n.NodeId, n => n.Revision, ct);
        var carried = await db.Changes.AsNoTracking().Where(c => c.RunId == run.Id).Select(c => c.ObjectId).ToListAsync(ct);
        var behind = await db.Sites.Where(s => nodes.Keys.Contains(s.NodeId) && s.AppliedRevision < s.DesiredRevision && !s.Removed).ToListAsync(ct);
        foreach (var site in behind.Where(s => nodes[s.NodeId] is { } committed ? s.DesiredRevision <= committed : carried.Contains(s.Id)))
        {
            Fail(site, outcome);
            feed.Publish("site", site.Id, site.ClientId, site.ProjectId);
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>What the node itself said about the site is more exact than the run's reason and stays.</summary>
    private void Fail(Site site, RunOutcome outcome)
    {
        if (site.StateReason is "site.not-applied" or "site.waits-for-certificate")
        {
            return;
        }

        site.StateReason = outcome.Reason ?? "run.failed";
        site.StateDetail = Run.Cut(outcome.Detail, Site.DetailLength);
        if (site.State == SiteState.SettingUp)
        {
            site.State = SiteState.Failed;
            site.StateSince = time.GetUtcNow().UtcDateTime;
        }
    }
}
