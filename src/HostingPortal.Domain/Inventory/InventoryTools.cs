using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Inventory;

/// <summary>What a converge reads besides the desired state.</summary>
public sealed class InventoryTools(IDbContextFactory<PortalDbContext> contexts, ISecretStore secrets, PlayRunner plays)
{
    public PlayRunner Plays { get; } = plays;

    public async Task<(Secret PrivateKey, Secret VaultPassword)> OpenProjectSecretsAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        var stored = await db.Secrets.AsNoTracking().Where(s => s.Id == project.SshKeySecretId || s.Id == project.VaultSecretId).ToDictionaryAsync(s => s.Id, ct);
        return (secrets.Open(stored[project.SshKeySecretId]), secrets.Open(stored[project.VaultSecretId]));
    }

    /// <summary>Commit message: the run, who asked, and each change it carries.</summary>
    public async Task<string> MessageAsync(long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == runId, ct);
        var changes = await db.Changes.AsNoTracking().Where(c => c.RunId == runId).OrderBy(c => c.At).ToListAsync(ct);
        var lines = changes.Select(c => $"{c.Verb} {c.ObjectName} ({c.ObjectId}) by {c.ActorName}");
        return $"Run {runId}: {run.Kind}\n\n{string.Join('\n', lines)}\n";
    }
}
