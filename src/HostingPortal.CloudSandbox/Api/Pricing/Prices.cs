using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Pricing;

/// <summary>Amounts as the API writes them: decimal strings in euros, e.g. net <c>3.4900000000</c>, gross <c>4.1531000000000000</c>.</summary>
internal static class Prices
{
    private const decimal VatFactor = 1.19m;
    private const decimal HoursOfAMonth = 625m;
    private const long Terabyte = 1L << 40;

    public static object Amount(decimal net) => new
    {
        Net = net.ToString("0.0000000000", CultureInfo.InvariantCulture),
        Gross = (net * VatFactor).ToString("0.0000000000000000", CultureInfo.InvariantCulture),
    };

    public static object HourlyAndMonthly(string location, decimal monthlyNet) => new
    {
        Location = location, PriceHourly = Amount(Hourly(monthlyNet)), PriceMonthly = Amount(monthlyNet),
    };

    public static object OfServerType(World world, ServerTypeInfo type, string location)
    {
        var monthly = Monthly(world, type, location);
        return new
        {
            Location = location,
            PriceHourly = Amount(Hourly(monthly)),
            PriceMonthly = Amount(monthly),
            IncludedTraffic = IncludedTraffic(location),
            PricePerTbTraffic = Amount(location == "sin" ? 7.4m : 1m),
        };
    }

    public static long IncludedTraffic(string location) => location switch
    {
        "ash" or "hil" => Terabyte,
        "sin" => Terabyte / 2,
        _ => 20 * Terabyte,
    };

    private static decimal Monthly(World world, ServerTypeInfo type, string location) =>
        world.MonthlyPrices.TryGetValue($"{type.Name}/{location}", out var changed) ? changed : location switch
        {
            "ash" or "hil" => decimal.Round(type.MonthlyNet * 1.15m, 2),
            "sin" => decimal.Round(type.MonthlyNet * 1.5m, 2),
            _ => type.MonthlyNet,
        };

    private static decimal Hourly(decimal monthlyNet) => decimal.Round(monthlyNet / HoursOfAMonth, 4);
}
