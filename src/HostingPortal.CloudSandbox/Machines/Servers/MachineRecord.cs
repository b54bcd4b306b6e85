namespace HostingPortal.CloudSandbox.Machines.Servers;

/// <summary>What a server is made from and how it is plugged in, kept beside its disk in <c>machine.json</c>.</summary>
/// <param name="Spec">As ordered; the root password is left out once it is on the disk.</param>
/// <param name="Image">Folder of the base image its disk lies over.</param>
/// <param name="Ports">Private networks by port number, from 0; a number keeps its network until that is detached.</param>
/// <param name="Rules">Null: no firewall.</param>
internal sealed record MachineRecord(
    MachineSpec Spec, string Image, SortedDictionary<int, MachineNetwork> Ports, IReadOnlyList<MachineFirewallRule>? Rules)
{
    public int FreePort => Enumerable.Range(0, int.MaxValue).First(port => !Ports.ContainsKey(port));
}
