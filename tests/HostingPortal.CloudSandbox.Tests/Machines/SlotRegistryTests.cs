using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Slots;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

public sealed class SlotRegistryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slots-").FullName;
    private readonly List<int> _cleaned = [];

    [Fact]
    public async Task Claim_OfTwoFolders_GivesTwoSlots()
    {
        Assert.Equal(1, (await ClaimAsync("one")).Number);
        Assert.Equal(2, (await ClaimAsync("two")).Number);
        Assert.Empty(_cleaned);
    }

    [Fact]
    public async Task Claim_OfAFolderInUse_IsRefusedNamingTheOwner()
    {
        await ClaimAsync("one");

        var refused = await Assert.ThrowsAsync<LabException>(() => ClaimAsync("one"));

        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_AfterARelease_GivesTheFolderItsSlotBack()
    {
        await ClaimAsync("one");
        var slot = await ClaimAsync("two");
        await Registry.ReleaseAsync(slot, CancellationToken.None);

        Assert.Equal(3, (await ClaimAsync("three")).Number);
        Assert.Equal(2, (await ClaimAsync("two")).Number);
        Assert.Empty(_cleaned);
    }

    [Fact]
    public async Task Claim_WithADeadOwnerAround_CleansItOnce()
    {
        // The process id lives, but its start time is another's: the number was used again.
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "5.json"), $$"""{"Pid":{{Environment.ProcessId}},"StartTime":1,"Folder":"/gone","Released":false}""");

        await ClaimAsync("one");
        await ClaimAsync("two");

        Assert.Equal([5], _cleaned);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SlotRegistry Registry => new(_folder);

    private Task<Slot> ClaimAsync(string data) => Registry.ClaimAsync(Directory.CreateDirectory(Path.Combine(_folder, "data", data)).FullName, slot =>
    {
        _cleaned.Add(slot.Number);
        return Task.CompletedTask;
    }, CancellationToken.None);
}
