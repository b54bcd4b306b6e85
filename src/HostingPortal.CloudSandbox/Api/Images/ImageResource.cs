using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Images;

/// <summary>System images only; snapshots come with volumes and backups.</summary>
internal sealed class ImageResource : IApiResource
{
    private static readonly SortFields<ImageInfo> Sorts = new(new() { ["id"] = i => i.Id, ["name"] = i => i.Name, ["created"] = i => i.Created });

    public void Map(ApiRoutes routes)
    {
        routes.Get("/images", List);
        routes.Get("/images/{id}", call => Reply.Ok(new
        {
            Image = View(Catalogue.Images.FirstOrDefault(i => i.Id == call.Id) ?? throw ApiErrors.NotFound("image", call.Id)),
        }));
    }

    /// <summary>Finds an image by id, or by name for an architecture.</summary>
    public static ImageInfo? Find(string idOrName, string architecture) =>
        Catalogue.Images.FirstOrDefault(i => i.Id.ToString(CultureInfo.InvariantCulture) == idOrName)
        ?? Catalogue.Images.FirstOrDefault(i => i.Name == idOrName && i.Architecture == architecture);

    public static object View(ImageInfo image) => new
    {
        image.Id,
        Type = "system",
        Status = "available",
        image.Name,
        image.Description,
        ImageSize = (decimal?)null,
        DiskSize = 5,
        image.Created,
        CreatedFrom = (object?)null,
        BoundTo = (long?)null,
        image.OsFlavor,
        image.OsVersion,
        RapidDeploy = true,
        Protection = new { Delete = false },
        image.Deprecated,
        Deleted = (string?)null,
        Labels = new Dictionary<string, string>(),
        image.Architecture,
    };

    private static Reply List(ApiCall call)
    {
        IEnumerable<ImageInfo> images = Catalogue.Images;
        images = call.Among("name", images, i => i.Name);
        images = call.Among("architecture", images, i => i.Architecture);
        images = call.Among("type", images, _ => "system");
        images = call.Among("status", images, _ => "available");
        images = call.Among("bound_to", images, _ => null);
        var named = !string.IsNullOrEmpty(call.Query["name"]);
        var deprecatedToo = named || call.Query["include_deprecated"] == "true";
        var selector = call.Selector();
        return call.Page(
            "images",
            images.Where(i => (deprecatedToo || i.Deprecated is null) && (selector is null || selector.Matches(new Dictionary<string, string>()))),
            View,
            Sorts);
    }
}
