using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Legacy;

/// <summary>Datacenters as they were until 2026-10-01; without <c>--legacy</c> their routes answer 410.</summary>
internal sealed class Datacenters(SandboxOptions options, ServerTypeCatalogue types) : IApiResource
{
    private const string Announcement = "https://docs.hetzner.cloud/changelog#2025-12-16-phasing-out-datacenters";

    public void Map(ApiRoutes routes)
    {
        routes.Get("/datacenters", call => options.Legacy
            ? call.Page("datacenters", call.Among("name", Catalogue.Locations, NameOf), location => View(location, types))
            : throw ApiErrors.Gone(Announcement));
        routes.Get("/datacenters/{id}", call => options.Legacy
            ? Reply.Ok(new { Datacenter = View(Catalogue.Locations.FirstOrDefault(l => l.Id == call.Id) ?? throw ApiErrors.NotFound("datacenter", call.Id), types) })
            : throw ApiErrors.Gone(Announcement));
    }

    /// <summary>One datacenter per location, e.g. <c>fsn1-dc14</c>.</summary>
    public static object View(LocationInfo location, ServerTypeCatalogue types)
    {
        var ids = types.All.Where(type => type.Locations.Contains(location.Name)).Select(type => type.Id).ToArray();
        return new
        {
            location.Id,
            Name = NameOf(location),
            Description = $"{location.City} virtual DC",
            Location = LocationResource.ByName(location.Name),
            ServerTypes = new { Supported = ids, Available = ids, AvailableForMigration = ids },
        };
    }

    private static string NameOf(LocationInfo location) => $"{location.Name}-dc{location.Id + 13}";
}
