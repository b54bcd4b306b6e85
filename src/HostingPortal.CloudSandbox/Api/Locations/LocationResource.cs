using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Locations;

internal sealed class LocationResource : IApiResource
{
    private static readonly SortFields<LocationInfo> Sorts = new(new() { ["id"] = l => l.Id, ["name"] = l => l.Name });

    public void Map(ApiRoutes routes)
    {
        routes.Get("/locations", call => call.Page("locations", call.Among("name", Catalogue.Locations, l => l.Name), l => l, Sorts));
        routes.Get("/locations/{id}", call => Reply.Ok(new { Location = ById(call.Id) }));
    }

    public static LocationInfo ByName(string name) => Catalogue.Locations.First(location => location.Name == name);

    public static LocationInfo? Find(string idOrName) =>
        Catalogue.Locations.FirstOrDefault(l => l.Name == idOrName || l.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == idOrName);

    public static LocationInfo ById(long id) => Catalogue.Locations.FirstOrDefault(l => l.Id == id) ?? throw ApiErrors.NotFound("location", id);
}
