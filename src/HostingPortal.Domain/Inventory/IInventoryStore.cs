using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Inventory;

/// <summary>The git repository of host_vars of one project; the bare repository lies on the executor.</summary>
public interface IInventoryStore
{
    /// <summary>
    /// Makes the repository hold exactly these files and pushes one commit. Equal content makes no commit: the head is returned. A vault file is written
    /// anew only when its decrypted content differs. A rejected push throws <see cref="OutsideException"/> with code <c>inventory.moved</c>.
    /// </summary>
    Task<InventoryCommit> CommitAsync(string projectId, InventoryTree tree, Secret vaultPassword, string message, CancellationToken ct);

    /// <summary>
    /// Brings the repository's newest commit to a Project Master, one way. Nothing is taken from there; a repository without commits moves nothing. A master that holds
    /// something else throws <c>inventory.moved</c>.
    /// </summary>
    Task PushAsync(string projectId, ExecutorAddress master, CancellationToken ct);

    /// <summary>Unified diff between two commits; vault files show changed keys with ••• for values.</summary>
    Task<string> DiffAsync(string projectId, string? fromCommit, string toCommit, Secret vaultPassword, CancellationToken ct);
}

/// <summary>Whole files by path, e.g. <c>host_vars/n-…/sites.yml</c>. <see cref="VaultFiles"/> hold clear text here and are encrypted whole in git.</summary>
public sealed record InventoryTree(IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, Secret> VaultFiles);

/// <param name="Parent">The head before, null for the first commit.</param>
/// <param name="Changed">False when the tree was already there.</param>
/// <param name="Diff">From the parent, as <see cref="IInventoryStore.DiffAsync"/> gives it; empty when nothing changed.</param>
public sealed record InventoryCommit(string Id, string? Parent, bool Changed, string Diff);
