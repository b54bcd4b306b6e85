using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Inventory;

/// <summary>Where a run's play executes and what it may open there.</summary>
/// <param name="InventoryId">The project's id, or that of its master's own inventory.</param>
/// <param name="OfMaster">True when the play's node is the Project Master itself.</param>
/// <param name="Master">The Project Master, where it executes the play.</param>
/// <param name="SshSources">Where SSH to the play's nodes may come from, CIDR, besides the Primary's executor.</param>
/// <param name="Outside">Nodes of a managed project are reached over their public addresses: their master is lost.</param>
public sealed record RunPlace(
    string InventoryId, bool OfMaster, IExecutor Executor, ExecutorAddress? Master, ProjectKeys Keys, IReadOnlyList<string> SshSources, bool Outside = false)
{
    /// <summary>
    /// Nodes of a managed project let in their master over the private network. The Primary stands in their own rules too, for the day the master is lost; until then
    /// Hetzner's firewall keeps it out.
    /// </summary>
    public IReadOnlyList<string> SourcesWith(ExecutorInfo info) => Master is null && !Outside ? [.. info.Addresses, .. SshSources] : [.. SshSources, .. info.Addresses];
}
