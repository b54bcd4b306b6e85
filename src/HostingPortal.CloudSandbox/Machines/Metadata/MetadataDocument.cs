using System.Text.Json;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Servers;

namespace HostingPortal.CloudSandbox.Machines.Metadata;

/// <summary>The metadata of one server as Hetzner's service gives it: single values as text, lists as YAML.</summary>
internal static class MetadataDocument
{
    private const string Root = "/hetzner/v1";

    /// <summary>Null for a path the service does not know.</summary>
    public static string? Find(MachineRecord machine, string path)
    {
        var spec = machine.Spec;
        return path.TrimEnd('/') switch
        {
            Root + "/userdata" => spec.UserData ?? "",
            Root + "/metadata" => Whole(machine),
            Root + "/metadata/hostname" => spec.Name,
            Root + "/metadata/instance-id" => $"{spec.ServerId}",
            Root + "/metadata/public-ipv4" => spec.PublicIpv4 ?? "",
            Root + "/metadata/local-ipv4" => machine.Ports.Values.FirstOrDefault()?.Ip ?? "",
            Root + "/metadata/public-keys" => JsonSerializer.Serialize(spec.SshPublicKeys),
            Root + "/metadata/availability-zone" => "lab-dc1",
            Root + "/metadata/region" => "eu-central",
            Root + "/metadata/private-networks" => PrivateNetworks(machine),
            _ => null,
        };
    }

    private static string Whole(MachineRecord machine) => $"""
        availability-zone: lab-dc1
        hostname: {machine.Spec.Name}
        instance-id: {machine.Spec.ServerId}
        local-ipv4: {JsonSerializer.Serialize(machine.Ports.Values.FirstOrDefault()?.Ip ?? "")}
        public-ipv4: {JsonSerializer.Serialize(machine.Spec.PublicIpv4 ?? "")}
        public-keys: {JsonSerializer.Serialize(machine.Spec.SshPublicKeys)}
        region: eu-central

        """;

    private static string PrivateNetworks(MachineRecord machine) =>
        machine.Ports.Count == 0 ? "[]\n" : string.Concat(machine.Ports.Select(port => $"""
        - ip: {port.Value.Ip}
          alias_ips: {JsonSerializer.Serialize(port.Value.AliasIps)}
          interface_num: {port.Key + 1}
          mac_address: {ServerLinks.MacOf("86", machine.Spec.ServerId, port.Key)}
          network_id: {port.Value.NetworkId}
          network: {port.Value.IpRange}
          gateway: {port.Value.Gateway}

        """));
}
