using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>A checked order: every name in it is resolved to what it names.</summary>
internal sealed record ServerOrder(
    string Name,
    ServerTypeInfo Type,
    ImageInfo Image,
    string Location,
    bool Start,
    Dictionary<string, string> Labels,
    string? UserData,
    List<SshKey> Keys,
    List<Network> Networks,
    List<Firewall> Firewalls,
    bool Ipv4,
    bool Ipv6,
    long? Ipv4Id,
    long? Ipv6Id);
