using System.Text.Json;
using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Legacy;

/// <summary>Datacenters as they were until 2026-10-01; without <c>--legacy</c> their routes answer 410.</summary>
internal sealed class Datacenters(SandboxOptions options, ServerTypeCatalogue types) : IApiResource
{
    private const string Announcement = "https://docs.hetzner.cloud/changelog#2025-12-16-phasing-out-datacenters";

    private static readonly SortFields<LocationInfo> Sorts = new(new() { ["id"] = l => l.Id, ["name"] = NameOf });

    public void Map(ApiRoutes routes)
    {
        routes.Get("/datacenters", call => options.Legacy
            ? call.Page("datacenters", call.Among("name", Catalogue.Locations, NameOf), location => View(location, types), Sorts)
            : throw ApiErrors.Gone(Announcement));
        routes.Get("/datacenters/{id}", call => options.Legacy
            ? Reply.Ok(new { Datacenter = View(LocationResource.ById(call.Id), types) })
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

    /// <summary>Reads <c>location</c>, in legacy mode also <c>datacenter</c>; null when neither is given or it does not exist.</summary>
    public LocationInfo? ReadLocation(Body body, bool required = false)
    {
        if (options.Legacy && body.IdOrName("datacenter") is { } datacenter)
        {
            var named = Catalogue.Locations.FirstOrDefault(l => NameOf(l) == datacenter);
            return Known(body, "datacenter", datacenter, named ?? LocationResource.Find(datacenter));
        }

        return body.IdOrName("location", required) is { } location ? Known(body, "location", location, LocationResource.Find(location)) : null;
    }

    /// <summary>Adds <c>datacenter</c> to a server or primary IP, where old clients look for it.</summary>
    public object AddTo(object view, LocationInfo location)
    {
        if (!options.Legacy)
        {
            return view;
        }

        var legacy = JsonSerializer.SerializeToNode(view, SandboxJson.Options)!.AsObject();
        legacy["datacenter"] = JsonSerializer.SerializeToNode(View(location, types), SandboxJson.Options);
        return legacy;
    }

    private static LocationInfo? Known(Body body, string field, string value, LocationInfo? found)
    {
        if (found is null)
        {
            body.Reject(field, $"{field} '{value}' does not exist");
        }

        return found;
    }

    private static string NameOf(LocationInfo location) => $"{location.Name}-dc{location.Id + 13}";
}
