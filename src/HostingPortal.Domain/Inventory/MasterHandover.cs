namespace HostingPortal.Domain.Inventory;

/// <summary>Gives a Project Master what it works with: the project's key and vault password, and the inventory, one way.</summary>
public sealed class MasterHandover(IInventoryStore store, RunPlaces places)
{
    /// <summary>Safe to repeat; an inventory the master has already moves nothing.</summary>
    public async Task RunAsync(RunPlace place, CancellationToken ct)
    {
        await places.Primary.PrepareProjectAsync(place.InventoryId, null, null, ct);
        await place.Executor.PrepareProjectAsync(place.InventoryId, place.PrivateKey, place.VaultPassword, ct);
        await store.PushAsync(place.InventoryId, place.Master!, ct);
    }
}
