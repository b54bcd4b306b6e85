using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// A new SSH key in place of an old one. The new key is let in beside the old one, used, and only then the old one goes. Until every node has it both are kept and
/// tried, so that a rotation that stopped half-way leaves nothing unreachable and goes on when its run is repeated.
/// </summary>
internal sealed class KeyRotation(IDbContextFactory<PortalDbContext> contexts, IKeyGenerator keys, ISecretStore secrets, ConvergePlay play, RunPlaces places)
{
    /// <param name="run">The run, with every node that knows the key.</param>
    /// <param name="ofMaster">The key between the Primary and the master; false: between the project's executor and its nodes.</param>
    /// <param name="withdraw">Takes the old key away at Hetzner.</param>
    /// <param name="ct">The run is canceled or goes on elsewhere.</param>
    public async Task<RunOutcome> RunAsync(RunContext run, bool ofMaster, Func<Task> withdraw, CancellationToken ct)
    {
        if (!await SwitchedAsync(run.Run.Id, ct))
        {
            await run.StepAsync("new-key", () => EnsureNextAsync(run.Run.ProjectId, ofMaster, ct), ct);
            var result = await play.RunAsync(run, Playbooks.RotateKeys, [], ct);
            if (ConvergeOutcome.Outcome(result, []) is { State: not RunState.Succeeded } failed)
            {
                return failed;
            }

            await run.StepAsync("switch", () => SwitchAsync(run.Run.ProjectId, ofMaster, ct), run.Stopping);
        }

        await run.StepAsync("withdraw", async () =>
        {
            var place = await places.OfAsync(run.Run, ct);
            await place.Executor.PrepareProjectAsync(place.InventoryId, place.Keys, ct);
            await withdraw();
        }, ct);
        return RunOutcome.Success;
    }

    private async Task<bool> SwitchedAsync(long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.RunSteps.AnyAsync(s => s.RunId == runId && s.Name == "switch" && s.State == StepState.Done, ct);
    }

    private async Task EnsureNextAsync(string projectId, bool ofMaster, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.FirstAsync(p => p.Id == projectId, ct);
        var master = ofMaster ? await db.ProjectMasters.FirstAsync(m => m.ProjectId == projectId, ct) : null;
        if ((master is null ? project.NextSshKeySecretId : master.NextKeySecretId) is not null)
        {
            return;
        }

        var owner = master?.InventoryId ?? projectId;
        var pair = await keys.CreateSshKeyAsync($"portal {owner}", ct);
        var stored = secrets.Seal(owner, "ssh-private-key", pair.PrivateKey);
        db.Secrets.Add(stored);
        if (master is null)
        {
            (project.NextSshPublicKey, project.NextSshKeySecretId) = (pair.PublicKey, stored.Id);
        }
        else
        {
            (master.NextPublicKey, master.NextKeySecretId) = (pair.PublicKey, stored.Id);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task SwitchAsync(string projectId, bool ofMaster, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        string old;
        if (ofMaster)
        {
            var master = await db.ProjectMasters.FirstAsync(m => m.ProjectId == projectId, ct);
            old = master.KeySecretId;
            (master.PublicKey, master.KeySecretId, master.NextPublicKey, master.NextKeySecretId) = (master.NextPublicKey!, master.NextKeySecretId!, null, null);
        }
        else
        {
            var project = await db.Projects.FirstAsync(p => p.Id == projectId, ct);
            old = project.SshKeySecretId;
            (project.SshPublicKey, project.SshKeySecretId, project.NextSshPublicKey, project.NextSshKeySecretId) = (project.NextSshPublicKey!, project.NextSshKeySecretId!, null, null);
        }

        db.Secrets.Remove(await db.Secrets.FirstAsync(s => s.Id == old, ct));
        await db.SaveChangesAsync(ct);
    }
}
