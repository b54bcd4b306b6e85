using System.Globalization;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>What every run needs besides its handler: live feeds and the secrets to keep out of its log.</summary>
internal sealed class RunServices(
    RunFeed feed, ChangeFeed changes, IDbContextFactory<PortalDbContext> contexts, ISecretStore secrets, IEnumerable<IRunEnd> ends)
{
    public RunFeed Feed { get; } = feed;

    public void Publish(Run run)
    {
        changes.Publish("run", run.Id.ToString(CultureInfo.InvariantCulture), run.ClientId, run.ProjectId);
        Feed.Publish(new RunBatch(run.Id, run.State, [], []));
    }

    /// <summary>Lets the features take note of how the run ends.</summary>
    public async Task EndingAsync(Run run, RunOutcome outcome, CancellationToken ct)
    {
        foreach (var end in ends)
        {
            await end.EndingAsync(run, outcome, ct);
        }
    }

    /// <summary>Every secret of the run's project as it is now: its keys, vault password, account token and what its nodes hold.</summary>
    public async Task<IReadOnlyList<Secret>> SecretsAsync(Run run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().Include(p => p.Account).FirstAsync(p => p.Id == run.ProjectId, ct);
        var nodes = await db.Nodes.AsNoTracking().Where(n => n.ProjectId == run.ProjectId)
            .Select(n => new { n.Id, n.BrokerSecretId, n.DatabaseSecretId, n.FirstHostKeySecretId }).ToListAsync(ct);
        var ids = nodes.SelectMany(n => new[] { n.BrokerSecretId, n.DatabaseSecretId, n.FirstHostKeySecretId })
            .Concat([project.SshKeySecretId, project.NextSshKeySecretId, project.RecoveryKeySecretId, project.VaultSecretId, project.Account!.TokenId]).OfType<string>().ToList();
        var master = await db.ProjectMasters.AsNoTracking().FirstOrDefaultAsync(m => m.ProjectId == run.ProjectId, ct);
        ids.AddRange(new[] { master?.KeySecretId, master?.NextKeySecretId, master?.VaultSecretId }.OfType<string>());
        var stored = await db.Secrets.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct);
        return stored.Select(secrets.Open).ToList();
    }
}
