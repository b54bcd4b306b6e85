using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface IPricingApi
{
    [Get("/pricing")]
    Task<PricingAnswer> GetAsync([Authorize("Bearer")] string token, CancellationToken ct);
}

internal sealed record PricingAnswer(PricingDto Pricing);

internal sealed record PricingDto(string Currency, IReadOnlyList<PrimaryIpPriceDto>? PrimaryIps, BackupPriceDto? ServerBackup);

internal sealed record PrimaryIpPriceDto(string Type, IReadOnlyList<TypePriceDto>? Prices);

internal sealed record BackupPriceDto(decimal? Percentage);

/// <param name="IncludedTraffic">Bytes a month.</param>
internal sealed record TypePriceDto(string Location, PriceDto? PriceHourly, PriceDto? PriceMonthly, long? IncludedTraffic, PriceDto? PricePerTbTraffic);

/// <param name="Net">A decimal in a string, e.g. <c>"3.2900000000"</c>.</param>
internal sealed record PriceDto(decimal? Net);
