namespace HostingPortal.Domain.Accounts;

/// <param name="ReadAt">When it was read from Hetzner; prices are net, in <paramref name="Currency"/>.</param>
public sealed record CloudCatalog(
    DateTimeOffset ReadAt,
    string Currency,
    IReadOnlyList<CloudLocation> Locations,
    IReadOnlyList<CloudServerType> ServerTypes,
    IReadOnlyList<string> Images,
    decimal Ipv4Monthly,
    decimal BackupPercentage);

public sealed record CloudLocation(string Name, string City, string Country, string NetworkZone);

/// <param name="Architecture"><c>x86</c> or <c>arm</c>.</param>
/// <param name="CpuType"><c>shared</c> or <c>dedicated</c>.</param>
/// <param name="Offers">One per location that knows the type.</param>
public sealed record CloudServerType(
    long Id, string Name, string Architecture, string CpuType, int Cores, decimal MemoryGigabytes, int DiskGigabytes, IReadOnlyList<CloudOffer> Offers)
{
    public CloudOffer? In(string location) => Offers.FirstOrDefault(o => o.Location == location);
}

/// <param name="IncludedTraffic">Bytes a month.</param>
public sealed record CloudOffer(string Location, bool Available, decimal Hourly, decimal Monthly, long IncludedTraffic, decimal PricePerTerabyte);

public sealed record CloudZone(long Id, string Name, string Mode, string Status);

/// <summary>Labels as Hetzner takes them; <see cref="Id"/> is our id of the object and <see cref="Operation"/> the run that made it.</summary>
public sealed record CloudLabels(string Instance, string Id, string Operation, string Client, string Project, string? Role = null, string? State = null)
{
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var labels = new Dictionary<string, string>
        {
            ["portal-instance"] = Instance,
            ["portal-id"] = Id,
            ["portal-op"] = Operation,
            ["portal-client"] = Client,
            ["portal-project"] = Project,
        };
        if (Role is not null)
        {
            labels["portal-role"] = Role;
        }

        if (State is not null)
        {
            labels["portal-state"] = State;
        }

        return labels;
    }
}

/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
/// <param name="Port"><c>22</c> or <c>8000-8100</c>; null for icmp.</param>
public sealed record CloudFirewallRule(string Direction, string Protocol, string? Port, IReadOnlyList<string> Cidrs, string Description);

/// <param name="UserData">cloud-init document, at most 32 KiB, without secrets besides the host key that the first play replaces.</param>
public sealed record CloudServerOrder(
    string Name,
    string ServerType,
    string Location,
    string Image,
    IReadOnlyList<long> SshKeyIds,
    IReadOnlyList<long> FirewallIds,
    string UserData,
    CloudLabels Labels,
    bool EnableIpv4,
    bool EnableIpv6,
    IReadOnlyList<long> NetworkIds);

/// <param name="Status">As Hetzner says it: <c>initializing</c>, <c>running</c>, <c>off</c>…</param>
/// <param name="PublicIpv6">First address of the server's /64, e.g. <c>2001:db8::1</c>.</param>
/// <param name="PrivateIpv4">Its address in the first private network, once it has joined.</param>
/// <param name="ActionIds">Actions of the create call that may still run; empty when read later.</param>
public sealed record CloudServer(
    long Id,
    string Name,
    string Status,
    string? PublicIpv4,
    string? PublicIpv6,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<long> ActionIds,
    string? PrivateIpv4 = null);
