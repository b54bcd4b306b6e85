using System.Diagnostics;
using System.Globalization;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher.Faults;

/// <summary>
/// Random kill points over two portals, MariaDB, executor and nodes while real runs go on, each followed by the same questions: is a run lost, doubled or stuck, did
/// two meet on a node, is a byte of a log missing, is a server paid for that nobody knows.
/// </summary>
internal static class FaultsCommand
{
    /// <summary>Megabytes.</summary>
    private const int PortalDisk = 256;
    private const int ExecutorDisk = 2048;

    public static async Task<int> RunAsync(Places places, IReadOnlyList<string> words, CancellationToken ct)
    {
        var (points, seed) = (Number(words, "--points", 20), Number(words, "--seed", Random.Shared.Next(1_000_000)));
        var minutes = TimeSpan.FromMinutes(Number(words, "--minutes", 24 * 60));
        await Leftovers.CleanAsync(places, ct);
        await SmallDisk.UnmountAllAsync(places.State);
        foreach (var folder in Directory.EnumerateDirectories(places.State))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(Path.Combine(places.State, "operator-token"));
        var progress = new Progress();
        await using var redis = new RedisChild(places, Fleet.Free());
        redis.Start();
        await using var fleet = await Fleet.StartAsync(places, 2, Stage.StampedContent(places), spread: true, progress, ct, redis, PortalDisk);
        using var api = new FaultApi(fleet.Address);
        var token = await File.ReadAllTextAsync(Path.Combine(places.State, "operator-token"), ct);
        var machines = Path.Combine(places.SandboxData, "machines");
        var executor = Executor(machines);
        var disk = await progress.StepAsync("a small disk for the executor", () => SmallDiskAsync(fleet.Sandbox, token, executor, ct));
        var stage = new Stage(fleet, api) { OperatorToken = token, Redis = redis, ExecutorDisk = disk };
        await stage.BuildAsync(2, progress, ct);
        await using var logs = new KeptLogs(Path.Combine(executor, "upper"), Path.Combine(executor, "kept"));
        var table = new FaultTable(seed, words.Contains("--storm"), Word(words, "--only"));
        var campaign = new Campaign(stage, new Invariants(stage, logs, machines), table, new Random(seed), Word(words, "--only"));
        var watch = Stopwatch.StartNew();
        var file = Word(words, "--table") ?? Path.Combine(places.State, "faults.md");
        if (words.Contains("--storm"))
        {
            await new Storm(stage, campaign, table, new Random(seed)).RunAsync(points, ct);
        }

        for (var point = 1; point <= points && !words.Contains("--storm") && watch.Elapsed < minutes; point++)
        {
            await campaign.PointAsync(point, ct);
            await File.WriteAllTextAsync(file, table.Text(watch.Elapsed), ct);
        }

        await campaign.FinishAsync(ct);
        await SmallDisk.UnmountAllAsync(places.State);
        var text = table.Text(watch.Elapsed);
        await File.WriteAllTextAsync(file, text, ct);
        Console.WriteLine(text);
        Console.WriteLine($"{table.Points - table.Broken} passed, {table.Broken} failed");
        return table.Broken == 0 ? 0 : 1;
    }

    private static async Task<SmallDisk> SmallDiskAsync(SandboxChild sandbox, string token, string executor, CancellationToken ct)
    {
        await ServerPower.ActAsync(sandbox, token, ExecutorOrder.Name, "poweroff", ct);
        var disk = await SmallDisk.MoveAsync(executor, ExecutorDisk, ct);
        await ServerPower.ActAsync(sandbox, token, ExecutorOrder.Name, "poweron", ct);
        return disk;
    }

    /// <summary>The executor was the first server of this sandbox.</summary>
    private static string Executor(string machines) =>
        Directory.EnumerateDirectories(machines).OrderBy(m => long.Parse(Path.GetFileName(m), CultureInfo.InvariantCulture)).First();

    private static int Number(IReadOnlyList<string> words, string name, int otherwise) =>
        int.TryParse(Word(words, name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string? Word(IReadOnlyList<string> words, string name)
    {
        var at = words.ToList().LastIndexOf(name);
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
    }
}
