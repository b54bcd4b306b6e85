using System.Text.Json;

namespace HostingPortal.Launcher;

/// <summary>Starts everything afresh, walks the main job, and stays up for exploring.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(Places places, bool exit, CancellationToken ct)
    {
        await Leftovers.CleanAsync(places, ct);
        places.Empty();
        File.Delete(Path.Combine(places.State, "demo.json"));
        var progress = new Progress();
        var stack = await Stack.StartAsync(places, progress, ct);
        try
        {
            await WalkAsync(stack, places, progress, exit, ct);
        }
        finally
        {
            Console.WriteLine("  Stopping.");
            await stack.DisposeAsync();
        }

        var left = stack.Endings.Concat(Leftovers.Databases(places.State).Select(d => $"MariaDB still runs as process {d.Id}.")).ToList();
        left.ForEach(Console.Error.WriteLine);
        return left.Count == 0 ? 0 : 1;
    }

    private static async Task WalkAsync(Stack stack, Places places, Progress progress, bool exit, CancellationToken ct)
    {
        var walk = new DemoWalk(stack.Sandbox, stack.Portal, places, progress);
        await walk.RunAsync(ct);
        progress.PrintTable();
        Console.WriteLine($"  Portal    {stack.Portal.Address}");
        foreach (var (role, email, password) in walk.Logins)
        {
            Console.WriteLine($"  {role,-13} {email,-28} {password}");
        }

        Console.WriteLine($"  Logs      {places.Logs}");
        await WriteFileAsync(places, stack, walk, ct);
        if (!exit)
        {
            Console.WriteLine("\n  Everything runs until you press Ctrl-C.");
            await stack.KeepAsync(ct);
        }
    }

    /// <summary>The same for programs: <c>demo.json</c> in the state folder, readable by root alone.</summary>
    private static async Task WriteFileAsync(Places places, Stack stack, DemoWalk walk, CancellationToken ct)
    {
        var file = Path.Combine(places.State, "demo.json");
        await using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await JsonSerializer.SerializeAsync(stream, new
        {
            state = places.State,
            address = stack.Portal.Address,
            sandbox = stack.Sandbox.Api,
            acmeRoot = stack.Sandbox.AcmeRoot,
            zone = DemoWalk.Zone,
            logins = walk.Logins.ToDictionary(l => l.Role, l => new { email = l.Email, password = l.Password }),
        }, JsonSerializerOptions.Web, ct);
    }
}
