using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// A new vault password for a project, new broker credentials and database passwords for its nodes: what a master that was lost could read opens nothing any more. The broker
/// takes the new credential alone from the moment it is made; the converge that follows in the same run brings it to the node.
/// </summary>
internal sealed class RenewSecretsJob(ISecretStore secrets, ConvergePlay play, ConvergeOutcome outcome) : IRunJob
{
    public string Name => RunJobs.RenewSecrets;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        // Once a commit holds them they stay: an owner that takes the run over plays that commit.
        if (run.Run.InventoryCommit is null)
        {
            await run.StepAsync("new-secrets", () => run.ChangeAsync(db => RenewAsync(db, run.Run, ct), ct), ct);
        }

        return await outcome.ApplyAsync(run, await play.RunAsync(run, Playbooks.Converge, [], ct), full: true, run.Stopping);
    }

    private async Task RenewAsync(Persistence.PortalDbContext db, Run run, CancellationToken ct)
    {
        var project = await db.Projects.FirstAsync(p => p.Id == run.ProjectId, ct);
        var ids = run.Nodes.Select(n => n.NodeId).ToList();
        var nodes = await db.Nodes.Where(n => ids.Contains(n.Id)).ToListAsync(ct);
        var old = nodes.SelectMany(n => new[] { n.BrokerSecretId, n.DatabaseSecretId }).Append(project.VaultSecretId).OfType<string>().ToList();
        project.VaultSecretId = Seal(db, project.Id, "vault-password", Ids.RandomText(52));
        foreach (var node in nodes)
        {
            var credential = Ids.RandomText(40);
            node.BrokerSecretId = Seal(db, node.Id, "broker-password", credential);
            node.BrokerHash = SHA256.HashData(Encoding.UTF8.GetBytes(credential));
            node.DatabaseSecretId = Seal(db, node.Id, "database-password", Ids.RandomText(40));
        }

        db.Secrets.RemoveRange(await db.Secrets.Where(s => old.Contains(s.Id)).ToListAsync(ct));
    }

    private string Seal(Persistence.PortalDbContext db, string owner, string kind, string text)
    {
        var stored = secrets.Seal(owner, kind, new Secret(text));
        db.Secrets.Add(stored);
        return stored.Id;
    }
}
