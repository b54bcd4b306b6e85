using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;

namespace HostingPortal.Infrastructure.Hetzner;

internal sealed class CatalogReader(ICatalogApi api, IPricingApi pricing, TimeProvider time)
{
    public async Task<CloudCatalog> ReadAsync(string token, CancellationToken ct)
    {
        var locations = Paging.ReadAllAsync(p => api.ListLocationsAsync(token, p, Paging.PageSize, ct).AsPage<LocationList, LocationDto>());
        var types = Paging.ReadAllAsync(p => api.ListServerTypesAsync(token, p, Paging.PageSize, ct).AsPage<ServerTypeList, ServerTypeDto>());
        var images = Paging.ReadAllAsync(p => api.ListSystemImagesAsync(token, p, Paging.PageSize, ct).AsPage<ImageList, ImageDto>());
        var prices = (await pricing.GetAsync(token, ct)).Pricing;
        var ipv4 = prices.PrimaryIps?.FirstOrDefault(p => p.Type == "ipv4")?.Prices is [var first, ..] ? first : null;
        return new CloudCatalog(
            time.GetUtcNow(),
            prices.Currency,
            (await locations).ConvertAll(l => new CloudLocation(l.Name, l.City ?? l.Name, l.Country ?? "", l.NetworkZone ?? "")),
            (await types).ConvertAll(ToServerType),
            [.. (await images).Select(i => i.Name).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            ipv4?.PriceMonthly?.Net ?? 0,
            prices.ServerBackup?.Percentage ?? 0);
    }

    private CloudServerType ToServerType(ServerTypeDto type) => new(
        type.Id,
        type.Name,
        type.Architecture ?? "x86",
        type.CpuType ?? "shared",
        type.Cores,
        type.Memory,
        (int)type.Disk,
        [.. (type.Locations ?? []).Select(place => ToOffer(place, type.Prices?.FirstOrDefault(p => p.Location == place.Name))).OfType<CloudOffer>()]);

    /// <summary>A place without a price cannot be ordered from and is left out.</summary>
    private CloudOffer? ToOffer(TypeLocationDto place, TypePriceDto? price) => price?.PriceMonthly?.Net is not { } monthly
        ? null
        : new CloudOffer(
            place.Name,
            place.Available != false && !(place.Deprecation?.UnavailableAfter < time.GetUtcNow()),
            price.PriceHourly?.Net ?? 0,
            monthly,
            price.IncludedTraffic ?? 0,
            price.PricePerTbTraffic?.Net ?? 0);
}
