namespace HostingPortal.CloudSandbox.Machines.Slots;

/// <summary>The slot of this process and its data folder, known once the lab has started.</summary>
internal sealed class LabSlot : IAddressPlan
{
    private Slot? _slot;

    public Slot Slot => _slot ?? throw new InvalidOperationException("The lab has not started yet.");

    /// <summary>Absolute path.</summary>
    public string Folder { get; private set; } = "";

    public string PublicIpv4Range => Slot.PublicIpv4Range;

    public string PublicIpv6Range => Slot.PublicIpv6Range;

    public void Set(Slot slot, string folder) => (_slot, Folder) = (slot, folder);
}
