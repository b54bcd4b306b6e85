using System.Globalization;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher.Faults;

/// <summary>
/// The short form of a campaign: faults strike one after the other while runs go on without a pause, and everything is awaited and asked once at the end. What one fault left
/// behind is still there when the next one comes.
/// </summary>
internal sealed class Storm(Stage stage, Campaign campaign, FaultTable table, Random random)
{
    private static readonly string[] Long = ["SIGSTOP", "60 s", "Hetzner"];

    /// <summary>Those that are over within seconds and need no order.</summary>
    private static readonly FaultKind[] Quick = [.. FaultKind.All.Where(k => k.Weight > 0 && !Long.Any(l => k.Name.Contains(l, StringComparison.Ordinal)))];

    public async Task RunAsync(int points, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var runs = new List<long>();
        var working = WorkAsync(runs, enough.Token);
        var struck = new List<(FaultKind Kind, TimeSpan Pause, List<string> Breaches)>();
        for (var point = 1; point <= points && !working.IsCompleted; point++)
        {
            // Each kind once before any comes a second time.
            var kind = Quick[(point - 1) % Quick.Length];
            var pause = TimeSpan.FromSeconds(random.NextDouble() * 3);
            await Task.Delay(pause, ct);
            var victim = stage.Fleet.Instances[random.Next(stage.Fleet.Instances.Count)];
            using var strike = new Strike(stage, victim, stage.Nodes[0].Name + "-", random, () => { });
            await kind.Strike(strike, ct);
            struck.Add((kind, pause, strike.Breaches));
            Console.WriteLine($"  {point,4} {kind.Name}");
        }

        await enough.CancelAsync();
        await working;
        var breaches = await campaign.SettleAsync(runs.Distinct().ToList(), struck.Any(s => s.Kind.MayFail), ct);
        struck[^1].Breaches.AddRange(breaches);
        foreach (var (at, (kind, pause, found)) in struck.Index())
        {
            table.Add(new FaultRow(at + 1, kind.Name, string.Create(CultureInfo.InvariantCulture, $"{runs.Distinct().Count()} runs in all"), pause, [], found));
        }
    }

    /// <summary>Converges of every node and a new site now and then, until it is enough.</summary>
    private async Task WorkAsync(List<long> runs, CancellationToken enough)
    {
        try
        {
            for (var round = 1; ; round++)
            {
                foreach (var (id, _) in stage.Nodes)
                {
                    runs.Add(await stage.ConvergeAsync(id, enough));
                }

                if (round % 3 == 1)
                {
                    await AddSiteAsync(runs, string.Create(CultureInfo.InvariantCulture, $"storm{round}"), enough);
                }

                await Task.Delay(2000, enough);
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // What was begun is awaited by the caller.
        }
    }

    private async Task AddSiteAsync(List<long> runs, string name, CancellationToken ct)
    {
        try
        {
            runs.Add(await stage.AddSiteAsync(stage.Nodes[0].Id, name, ct));
        }
        catch (LaunchException refused) when (refused.Message.Contains("Name.InUse", StringComparison.Ordinal))
        {
            // The portal died between making the site and saying so; asked again it says that the name is taken.
        }
    }
}
