using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface ICatalogApi
{
    [Get("/locations")]
    Task<LocationList> ListLocationsAsync([Authorize("Bearer")] string token, int page, [AliasAs("per_page")] int perPage, CancellationToken ct);

    [Get("/server_types")]
    Task<ServerTypeList> ListServerTypesAsync([Authorize("Bearer")] string token, int page, [AliasAs("per_page")] int perPage, CancellationToken ct);

    [Get("/images?type=system&status=available")]
    Task<ImageList> ListSystemImagesAsync([Authorize("Bearer")] string token, int page, [AliasAs("per_page")] int perPage, CancellationToken ct);
}

internal sealed record LocationList(IReadOnlyList<LocationDto> Locations, Meta? Meta) : IPage<LocationDto>
{
    public IReadOnlyList<LocationDto> Items => Locations;
}

internal sealed record LocationDto(string Name, string? City, string? Country, string? NetworkZone);

internal sealed record ServerTypeList(IReadOnlyList<ServerTypeDto> ServerTypes, Meta? Meta) : IPage<ServerTypeDto>
{
    public IReadOnlyList<ServerTypeDto> Items => ServerTypes;
}

/// <param name="Memory">Gigabytes.</param>
/// <param name="Disk">Gigabytes.</param>
/// <param name="Locations">The only source of availability; a location not listed does not know the type.</param>
internal sealed record ServerTypeDto(
    long Id,
    string Name,
    string? Architecture,
    string? CpuType,
    int Cores,
    decimal Memory,
    decimal Disk,
    IReadOnlyList<TypePriceDto>? Prices,
    IReadOnlyList<TypeLocationDto>? Locations);

internal sealed record TypeLocationDto(string Name, bool? Available, DeprecationDto? Deprecation);

internal sealed record DeprecationDto(DateTimeOffset? UnavailableAfter);

internal sealed record ImageList(IReadOnlyList<ImageDto> Images, Meta? Meta) : IPage<ImageDto>
{
    public IReadOnlyList<ImageDto> Items => Images;
}

internal sealed record ImageDto(string? Name);
