using System.Globalization;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher.Faults;

/// <summary>One point after the other: runs are started, a fault strikes at a random moment, everything is mended and awaited, the invariants are asked.</summary>
internal sealed class Campaign(Stage stage, Invariants invariants, FaultTable table, Random random, string? only)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private readonly List<(string Id, string Name)> extra = [];
    private int made;

    public async Task PointAsync(int number, CancellationToken ct)
    {
        var kind = FaultKind.Draw(random, only);
        var victim = stage.Fleet.Instances[random.Next(stage.Fleet.Instances.Count)];
        var moment = TimeSpan.FromSeconds(random.NextDouble() * 14);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        var breaches = new List<string>();
        var takeOvers = new TakeOvers(stage.Fleet.Database, victim.ProcessId);
        var work = "";
        try
        {
            (work, var runs) = await BeginAsync(kind, limit.Token);
            await Task.Delay(moment, limit.Token);
            await takeOvers.NoteAsync(limit.Token);
            using var strike = new Strike(stage, victim, stage.Nodes[0].Name + "-", random, takeOvers.Begin);
            var watching = takeOvers.WatchAsync(limit.Token);
            await kind.Strike(strike, limit.Token);
            takeOvers.Begin();
            foreach (var run in runs)
            {
                await stage.EndAsync(run, limit.Token);
            }

            await watching;
            (await strike.Control.DeleteAsync(new Uri("faults", UriKind.Relative), limit.Token)).EnsureSuccessStatusCode();
            breaches = [.. strike.Breaches, .. await invariants.CheckAsync(runs, kind.MayFail, limit.Token)];
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            breaches.Add($"stuck: not over after {Patience.TotalMinutes} minutes");
        }

        table.Add(new FaultRow(number, kind.Name, work, moment, kind.Counts ? takeOvers.Took : [], breaches));
        Console.WriteLine($"  {number,4} {moment.TotalSeconds,5:F1} s  {kind.Name}, {work}: {(breaches.Count == 0 ? "held" : string.Join("; ", breaches))}");
        await RemoveExtraAsync(ct);
    }

    /// <summary>Waits for runs and asks all invariants.</summary>
    public async Task<List<string>> SettleAsync(IReadOnlyList<long> runs, bool mayFail, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            foreach (var run in runs)
            {
                await stage.EndAsync(run, limit.Token);
            }

            return await invariants.CheckAsync(runs, mayFail, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return [$"stuck: not over after {Patience.TotalMinutes} minutes"];
        }
    }

    /// <summary>After all points: every node comes in step once more, with every invariant.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        var runs = new List<long>();
        foreach (var (id, _) in stage.Nodes)
        {
            runs.Add(await stage.ConvergeAsync(id, ct));
        }

        foreach (var run in runs)
        {
            await stage.EndAsync(run, ct);
        }

        var breaches = await invariants.CheckAsync(runs, mayFail: false, ct);
        table.Add(new FaultRow(0, "nothing more", "every node converges", TimeSpan.Zero, [], breaches));
    }

    /// <summary>Two converges of one node and one of another, and at times a new site or a new node beside them.</summary>
    private async Task<(string Work, List<long> Runs)> BeginAsync(FaultKind kind, CancellationToken ct)
    {
        var runs = new List<long>();
        var work = "converges";
        var order = kind.Name.Contains("Hetzner", StringComparison.Ordinal) || random.Next(6) == 0;
        if (order)
        {
            var name = $"extra-{(++made).ToString(CultureInfo.InvariantCulture)}";
            var (node, run) = await stage.OrderAsync(name, ct);
            extra.Add((node, name));
            runs.Add(run);
            work += ", an order";
        }

        runs.Add(await stage.ConvergeAsync(stage.Nodes[0].Id, ct));
        runs.Add(await stage.ConvergeAsync(stage.Nodes[^1].Id, ct));
        if (random.Next(2) == 0)
        {
            runs.Add(await stage.AddSiteAsync(stage.Nodes[0].Id, $"s{(++made).ToString(CultureInfo.InvariantCulture)}", ct));
            work += ", a new site";
        }

        return (work, runs.Distinct().ToList());
    }

    private async Task RemoveExtraAsync(CancellationToken ct)
    {
        foreach (var (id, name) in extra)
        {
            await stage.EndAsync(await stage.RemoveAsync(id, name, ct), ct);
        }

        extra.Clear();
    }
}
