using System.Globalization;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher;

/// <summary>Starts sandbox and portal with the data of the last time; the first visit creates the admin. With <c>--instances N</c> several portals share a MariaDB.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(Places places, IReadOnlyList<string> words, CancellationToken ct)
    {
        var instances = words is ["--instances", var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var wanted) && wanted is > 1 and <= 9 ? wanted : 1;
        if (words.Count > 0 && instances == 1)
        {
            throw new LaunchException("./portal up takes nothing, or --instances and a number from 2 to 9.");
        }

        var own = instances == 1 ? places : places with { State = places.State + "-several" };
        await Leftovers.CleanAsync(own, ct);
        return instances == 1 ? await AloneAsync(own, ct) : await SeveralAsync(own, instances, ct);
    }

    private static async Task<int> AloneAsync(Places places, CancellationToken ct)
    {
        await using var stack = await Stack.StartAsync(places, new Progress(), ct);
        Announce(stack.Portal.Address, Path.Combine(places.PortalData, "setup-link.txt"));
        await stack.KeepAsync(ct);
        return 0;
    }

    private static async Task<int> SeveralAsync(Places places, int instances, CancellationToken ct)
    {
        await using var fleet = await Fleet.StartAsync(places, instances, null, spread: false, new Progress(), ct);
        Announce(fleet.Address, fleet.Instances[0].SetupLink);
        await fleet.KeepAsync(ct);
        return 0;
    }

    private static void Announce(Uri address, string link)
    {
        Console.WriteLine($"\n  Portal    {address}");
        if (File.Exists(link))
        {
            Console.WriteLine($"  Set-up    {File.ReadAllText(link).Trim()}");
        }

        Console.WriteLine("\n  Everything runs until you press Ctrl-C.");
    }
}
