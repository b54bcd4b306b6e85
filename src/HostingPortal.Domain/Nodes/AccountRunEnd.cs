using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Keeps with the account whether Hetzner still takes its token, as the last run that needed it found.</summary>
internal sealed class AccountRunEnd(IDbContextFactory<PortalDbContext> contexts, ChangeFeed feed, TimeProvider time) : IRunEnd
{
    public async Task EndingAsync(Run run, RunOutcome outcome, CancellationToken ct)
    {
        var refused = HetznerAccount.IsRefusal(outcome.Reason);
        var accepted = outcome.State == RunState.Succeeded && run.Kind is (RunKind.Provision or RunKind.Bootstrap or RunKind.Decommission);
        if (!refused && !accepted)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Projects.Where(p => p.Id == run.ProjectId).Select(p => p.Account!).FirstAsync(ct);
        account.Problem = refused ? outcome.Reason : null;
        account.CheckedAt = refused ? account.CheckedAt : time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(ct);
        feed.Publish("project", run.ProjectId, run.ClientId, run.ProjectId);
    }
}
