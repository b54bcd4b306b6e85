namespace HostingPortal.Domain.Inventory;

/// <summary>Gives a Project Master what it works with: the project's key and vault password, the inventory, one way, and what its timer looks after.</summary>
public sealed class MasterHandover(IInventoryStore store, RunPlaces places, MasterWatches watches)
{
    /// <summary>Safe to repeat; an inventory the master has already moves nothing.</summary>
    public async Task RunAsync(string projectId, RunPlace place, CancellationToken ct)
    {
        await places.Primary.PrepareProjectAsync(place.InventoryId, null, ct);
        await place.Executor.PrepareProjectAsync(place.InventoryId, place.Keys, ct);
        await store.PushAsync(place.InventoryId, place.Master!, ct);
        await watches.SendAsync(place, projectId, ct);
    }
}
