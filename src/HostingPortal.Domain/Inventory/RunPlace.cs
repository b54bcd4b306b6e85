using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Inventory;

/// <summary>Where a run's play executes and what it may open there.</summary>
/// <param name="InventoryId">The project's id, or that of its master's own inventory.</param>
/// <param name="OfMaster">True when the play's node is the Project Master itself.</param>
/// <param name="Master">The Project Master, where it executes the play.</param>
/// <param name="SshSources">Where SSH to the play's nodes may come from, CIDR, besides the executor's own addresses when it is the Primary's.</param>
public sealed record RunPlace(
    string InventoryId, bool OfMaster, IExecutor Executor, ExecutorAddress? Master, Secret PrivateKey, Secret VaultPassword, IReadOnlyList<string> SshSources)
{
    /// <summary>Nodes of a managed project are reached from their master alone, over the private network.</summary>
    public IReadOnlyList<string> SourcesWith(ExecutorInfo info) => Master is null ? [.. info.Addresses, .. SshSources] : SshSources;
}
