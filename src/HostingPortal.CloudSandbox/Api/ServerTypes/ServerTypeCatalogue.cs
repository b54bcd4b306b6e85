using System.Globalization;
using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.Api.Pricing;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.ServerTypes;

/// <summary>The server types on offer, with the availability tests may have changed.</summary>
internal sealed class ServerTypeCatalogue(SandboxOptions options)
{
    public IReadOnlyList<ServerTypeInfo> All { get; } =
        options.Legacy ? [.. Catalogue.LegacyServerTypes, .. Catalogue.ServerTypes] : Catalogue.ServerTypes;

    public ServerTypeInfo? Find(string idOrName) =>
        All.FirstOrDefault(type => type.Name == idOrName || type.Id.ToString(CultureInfo.InvariantCulture) == idOrName);

    /// <summary>The type of a server that exists; it may have been ordered in legacy mode.</summary>
    public static ServerTypeInfo Get(string name) => Catalogue.ServerTypes.Concat(Catalogue.LegacyServerTypes).First(type => type.Name == name);

    public static bool IsAvailable(World world, ServerTypeInfo type, string location) =>
        type.Locations.Contains(location)
        && (world.Availability.TryGetValue($"{type.Name}/{location}", out var changed) ? changed : !type.SoldOut.Contains(location));

    public static object View(World world, ServerTypeInfo type) => new
    {
        type.Id,
        type.Name,
        Description = type.Name.ToUpperInvariant(),
        type.Cores,
        type.Memory,
        type.Disk,
        Deprecated = false,
        Deprecation = (object?)null,
        Prices = type.Locations.Select(location => Prices.OfServerType(world, type, location)).ToArray(),
        StorageType = "local",
        type.CpuType,
        type.Category,
        type.Architecture,
        IncludedTraffic = Prices.IncludedTraffic(type.Locations[0]),
        Locations = type.Locations.Select(location => LocationView(world, type, location)).ToArray(),
    };

    private static object LocationView(World world, ServerTypeInfo type, string location)
    {
        var available = IsAvailable(world, type, location);
        var id = LocationResource.ByName(location).Id;
        return new { Id = id, Name = location, Deprecation = (object?)null, Recommended = available, Available = available };
    }
}
