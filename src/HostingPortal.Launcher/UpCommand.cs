namespace HostingPortal.Launcher;

/// <summary>Starts sandbox and portal with the data of the last time; the first visit creates the admin.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(Places places, CancellationToken ct)
    {
        await Leftovers.CleanAsync(places, ct);
        var progress = new Progress();
        await using var stack = await Stack.StartAsync(places, progress, ct);
        var link = Path.Combine(places.PortalData, "setup-link.txt");
        Console.WriteLine($"\n  Portal    {stack.Portal.Address}");
        if (File.Exists(link))
        {
            Console.WriteLine($"  Set-up    {(await File.ReadAllTextAsync(link, ct)).Trim()}");
        }

        Console.WriteLine("\n  Everything runs until you press Ctrl-C.");
        await stack.KeepAsync(ct);
        return 0;
    }
}
