using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Projects;

/// <summary>
/// What a managed project has besides: the private network, and the keys that lead to its Project Master. The master's server is a node of the project
/// with the template <c>project-master</c>.
/// </summary>
public sealed class ProjectMaster
{
    public required string ProjectId { get; init; }

    public Project? Project { get; init; }

    /// <summary>Id of the inventory that holds the master alone; it stays on the Primary's executor.</summary>
    public required string InventoryId { get; init; }

    /// <summary>Public half of the key that opens the master and nothing else.</summary>
    public required string PublicKey { get; set; }

    public required string KeySecretId { get; set; }

    /// <summary>The key that takes its place, from the begin of a rotation until the master has it.</summary>
    public string? NextPublicKey { get; set; }

    public string? NextKeySecretId { get; set; }

    /// <summary>Vault password of the master's own inventory.</summary>
    public required string VaultSecretId { get; set; }

    /// <summary>Hetzner's ids, null until made.</summary>
    public long? CloudNetworkId { get; set; }

    public long? CloudFirewallId { get; set; }

    public long? CloudSshKeyId { get; set; }

    /// <summary>What its timer does while the portal is away.</summary>
    public WatchMode Watch { get; set; }

    /// <summary>Content the master was last brought to.</summary>
    public string? ContentVersion { get; set; }
}

internal static class ProjectMasterContent
{
    /// <summary>Notes what was just brought to the project's master; its page and its timer go by it.</summary>
    public static Task NoteContentAsync(this PortalDbContext db, string projectId, string version, CancellationToken ct) =>
        db.ProjectMasters.Where(m => m.ProjectId == projectId).ExecuteUpdateAsync(m => m.SetProperty(x => x.ContentVersion, version), ct);
}
