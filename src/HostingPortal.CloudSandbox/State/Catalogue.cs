namespace HostingPortal.CloudSandbox.State;

internal sealed record LocationInfo(
    long Id, string Name, string Description, string Country, string City, double Latitude, double Longitude, string NetworkZone);

/// <summary>What can be ordered. <paramref name="MonthlyNet"/> is euros in Europe; the other zones cost more.</summary>
internal sealed record ServerTypeInfo(
    long Id, string Name, int Cores, int Memory, int Disk, string CpuType, string Category, string Architecture, decimal MonthlyNet,
    string[] Locations, string[] SoldOut);

internal sealed record ImageInfo(
    long Id,
    string Name,
    string Description,
    string OsFlavor,
    string OsVersion,
    string Architecture,
    DateTimeOffset Created,
    DateTimeOffset? Deprecated)
{
    /// <summary>Only these have a system behind them in the sandbox.</summary>
    public bool Boots => Name is "debian-13" or "debian-12";
}

/// <summary>The fixed offer of the simulator: realistic in shape and size, not a price list.</summary>
internal static class Catalogue
{
    public const string VatRate = "19.000000";

    private static readonly string[] Europe = ["fsn1", "nbg1", "hel1"];
    private static readonly string[] Everywhere = ["fsn1", "nbg1", "hel1", "ash", "hil", "sin"];

    public static IReadOnlyList<LocationInfo> Locations { get; } =
    [
        new(1, "fsn1", "Falkenstein DC Park 1", "DE", "Falkenstein", 50.47612, 12.370071, "eu-central"),
        new(2, "nbg1", "Nuremberg DC Park 1", "DE", "Nuremberg", 49.452102, 11.076665, "eu-central"),
        new(3, "hel1", "Helsinki DC Park 1", "FI", "Helsinki", 60.169855, 24.938379, "eu-central"),
        new(4, "ash", "Ashburn, VA", "US", "Ashburn, VA", 39.045821, -77.487073, "us-east"),
        new(5, "hil", "Hillsboro, OR", "US", "Hillsboro, OR", 45.54222, -122.951924, "us-west"),
        new(6, "sin", "Singapore", "SG", "Singapore", 1.283333, 103.833333, "ap-southeast"),
    ];

    public static IReadOnlyList<ServerTypeInfo> ServerTypes { get; } =
    [
        new(114, "cx23", 2, 4, 40, "shared", "cost_optimized", "x86", 3.49m, Europe, ["hel1"]),
        new(115, "cx33", 4, 8, 80, "shared", "cost_optimized", "x86", 5.49m, Europe, []),
        new(116, "cx43", 8, 16, 160, "shared", "cost_optimized", "x86", 9.49m, Europe, ["nbg1"]),
        new(117, "cx53", 16, 32, 320, "shared", "cost_optimized", "x86", 17.49m, Europe, ["fsn1", "nbg1"]),
        new(108, "cpx12", 1, 2, 40, "shared", "regular_purpose", "x86", 5.99m, Everywhere, []),
        new(109, "cpx22", 2, 4, 80, "shared", "regular_purpose", "x86", 6.49m, Everywhere, []),
        new(110, "cpx32", 4, 8, 160, "shared", "regular_purpose", "x86", 10.99m, Everywhere, ["sin"]),
        new(111, "cpx42", 8, 16, 320, "shared", "regular_purpose", "x86", 19.99m, Everywhere, []),
        new(112, "cpx52", 12, 24, 480, "shared", "regular_purpose", "x86", 28.49m, Everywhere, ["hil"]),
        new(96, "ccx13", 2, 8, 80, "dedicated", "general_purpose", "x86", 12.49m, Everywhere, []),
        new(97, "ccx23", 4, 16, 160, "dedicated", "general_purpose", "x86", 24.49m, Everywhere, ["ash"]),
        new(98, "ccx33", 8, 32, 240, "dedicated", "general_purpose", "x86", 48.49m, Everywhere, []),
        new(99, "ccx43", 16, 64, 360, "dedicated", "general_purpose", "x86", 96.49m, Everywhere, ["fsn1", "sin"]),
        new(45, "cax11", 2, 4, 40, "shared", "cost_optimized", "arm", 3.79m, Europe, ["fsn1", "hel1"]),
        new(93, "cax21", 4, 8, 80, "shared", "cost_optimized", "arm", 6.49m, Europe, ["nbg1"]),
        new(94, "cax31", 8, 16, 160, "shared", "cost_optimized", "arm", 12.49m, Europe, []),
        new(95, "cax41", 16, 32, 320, "shared", "cost_optimized", "arm", 24.49m, Europe, ["fsn1"]),
    ];

    /// <summary>Types only old clients still ask for.</summary>
    public static IReadOnlyList<ServerTypeInfo> LegacyServerTypes { get; } =
    [
        new(1, "cx11", 1, 2, 20, "shared", "cost_optimized", "x86", 3.29m, Europe, []),
        new(3, "cx21", 2, 4, 40, "shared", "cost_optimized", "x86", 5.18m, Europe, []),
        new(22, "cpx11", 2, 2, 40, "shared", "regular_purpose", "x86", 4.35m, Everywhere, []),
    ];

    public static IReadOnlyList<ImageInfo> Images { get; } =
    [
        new(310557660, "debian-13", "Debian 13", "debian", "13", "x86", Day("2025-08-10"), null),
        new(310557661, "debian-13", "Debian 13", "debian", "13", "arm", Day("2025-08-10"), null),
        new(114690387, "debian-12", "Debian 12", "debian", "12", "x86", Day("2023-06-13"), null),
        new(114690389, "debian-12", "Debian 12", "debian", "12", "arm", Day("2023-06-13"), null),
        new(45557056, "debian-11", "Debian 11", "debian", "11", "x86", Day("2021-08-16"), Day("2026-08-31")),
        new(161547269, "ubuntu-24.04", "Ubuntu 24.04", "ubuntu", "24.04", "x86", Day("2024-04-25"), null),
        new(161547270, "ubuntu-24.04", "Ubuntu 24.04", "ubuntu", "24.04", "arm", Day("2024-04-25"), null),
        new(67794396, "ubuntu-22.04", "Ubuntu 22.04", "ubuntu", "22.04", "x86", Day("2022-04-21"), null),
        new(346000001, "rocky-10", "Rocky Linux 10", "rocky", "10", "x86", Day("2025-07-01"), null),
        new(346000002, "alma-10", "AlmaLinux 10", "alma", "10", "x86", Day("2025-07-01"), null),
        new(346000003, "fedora-43", "Fedora 43", "fedora", "43", "x86", Day("2025-11-01"), null),
    ];

    private static DateTimeOffset Day(string date) => DateTimeOffset.Parse($"{date}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
