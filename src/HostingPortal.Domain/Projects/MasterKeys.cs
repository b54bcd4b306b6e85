using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Projects;

/// <summary>The keys a project and its master begin with.</summary>
public sealed class MasterKeys(IKeyGenerator keys, ISecretStore secrets, TimeProvider time)
{
    /// <summary>What a project needs before it can have a Project Master: the master's own inventory with its keys, and the cold key of the nodes.</summary>
    public async Task AddAsync(PortalDbContext db, Project project, CancellationToken ct)
    {
        var cold = await keys.CreateSshKeyAsync($"portal {project.Id} recovery", ct);
        var coldKey = secrets.Seal(project.Id, "ssh-recovery-key", cold.PrivateKey);
        (project.RecoveryPublicKey, project.RecoveryKeySecretId) = (cold.PublicKey, coldKey.Id);
        var inventory = Ids.New("m", time);
        var (publicKey, key, vault) = await MakeAsync(inventory, ct);
        db.Secrets.AddRange(coldKey, key, vault);
        db.ProjectMasters.Add(new ProjectMaster { ProjectId = project.Id, InventoryId = inventory, PublicKey = publicKey, KeySecretId = key.Id, VaultSecretId = vault.Id });
    }

    public async Task<(string PublicKey, StoredSecret Key, StoredSecret Vault)> MakeAsync(string owner, CancellationToken ct)
    {
        var pair = await keys.CreateSshKeyAsync($"portal {owner}", ct);
        return (pair.PublicKey, secrets.Seal(owner, "ssh-private-key", pair.PrivateKey), secrets.Seal(owner, "vault-password", new Secret(Ids.RandomText(52))));
    }
}
