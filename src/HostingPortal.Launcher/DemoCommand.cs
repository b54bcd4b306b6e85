namespace HostingPortal.Launcher;

/// <summary>Starts everything afresh, walks the main job, and stays up for exploring.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(Places places, bool exit, CancellationToken ct)
    {
        await Leftovers.CleanAsync(places, ct);
        foreach (var folder in new[] { places.SandboxData, places.PortalData, places.Logs, Path.Combine(places.State, "keys") }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        var progress = new Progress();
        await using var stack = await Stack.StartAsync(places, progress, ct);
        var walk = new DemoWalk(stack.Sandbox, stack.Portal, places, progress);
        await walk.RunAsync(ct);
        progress.PrintTable();
        Console.WriteLine($"  Portal    {stack.Portal.Address}");
        foreach (var (role, email, password) in walk.Logins)
        {
            Console.WriteLine($"  {role,-13} {email,-28} {password}");
        }

        Console.WriteLine($"  Logs      {places.Logs}");
        if (!exit)
        {
            Console.WriteLine("\n  Everything runs until you press Ctrl-C.");
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        Console.WriteLine("  Stopping.");
        return 0;
    }
}
