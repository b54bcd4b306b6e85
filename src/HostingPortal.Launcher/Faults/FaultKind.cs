using System.Globalization;
using System.Net.Http.Json;
using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher.Faults;

/// <summary>One way in which something dies.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="MayFail">Whether runs may end with a reason other than success; else every run has to succeed all the same.</param>
/// <param name="Weight">How often it is drawn; 0: only when it is asked for by name.</param>
/// <param name="Strike">Does it, and mends what a service manager or an operator would mend.</param>
internal sealed record FaultKind(string Name, bool MayFail, int Weight, Func<Strike, CancellationToken, Task> Strike)
{
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("portal killed (SIGKILL), started again", false, 5, async (s, ct) =>
        {
            await s.Victim.SignalAsync("KILL");
            await s.Victim.WaitForExitAsync(ct);
            s.OwnerDied();
            await Task.Delay(s.Pause(0, 8), ct);
            await s.Victim.StartAsync(TimeSpan.FromMinutes(4), ct);
        }),
        new("portal asleep (SIGSTOP 25 s), woken up", false, 2, async (s, ct) =>
        {
            await s.Victim.SignalAsync("STOP");
            s.OwnerDied();
            await Task.Delay(TimeSpan.FromSeconds(25), ct);
            await s.Victim.SignalAsync("CONT");
        }),
        new("portal asleep (SIGSTOP 60 s), woken up", false, 1, async (s, ct) =>
        {
            await s.Victim.SignalAsync("STOP");
            s.OwnerDied();
            await Task.Delay(TimeSpan.FromSeconds(60), ct);
            await s.Victim.SignalAsync("CONT");
        }),
        new("portal shut down (SIGTERM), started again", false, 2, async (s, ct) =>
        {
            s.OwnerDied();
            await s.Victim.SignalAsync("TERM");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            await s.Victim.WaitForExitAsync(limit.Token);
            await s.Victim.StartAsync(TimeSpan.FromMinutes(4), ct);
        }),
        new("every portal restarted in turn, as at an upgrade", false, 1, async (s, ct) =>
        {
            using var visitors = new Visitors(s.Stage.Fleet.Address, s.Stage.Api.Word);
            foreach (var instance in s.Stage.Fleet.Instances)
            {
                await instance.SignalAsync("TERM");
                await instance.WaitForExitAsync(ct);
                await instance.StartAsync(TimeSpan.FromMinutes(4), ct);
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }

            s.Breaches.AddRange(await visitors.StopAsync());
        }),
        new("both portals killed, started again", false, 1, async (s, ct) =>
        {
            await Task.WhenAll(s.Stage.Fleet.Instances.Select(i => i.SignalAsync("KILL")));
            await Task.WhenAll(s.Stage.Fleet.Instances.Select(i => i.WaitForExitAsync(ct)));
            await Task.WhenAll(s.Stage.Fleet.Instances.Select(i => i.StartAsync(TimeSpan.FromMinutes(4), ct)));
        }),
        new("MariaDB killed, back after up to 6 s", false, 3, async (s, ct) =>
        {
            await s.Stage.Fleet.Database.KillAsync(ct);
            await Task.Delay(s.Pause(0, 6), ct);
            await s.Stage.Fleet.Database.StartAgainAsync(ct);
        }),
        new("MariaDB away for 60 s", false, 1, async (s, ct) =>
        {
            await s.Stage.Fleet.Database.KillAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(60), ct);
            await s.Stage.Fleet.Database.StartAgainAsync(ct);
        }),
        new("MariaDB away for 10 minutes", false, 0, async (s, ct) =>
        {
            await s.Stage.Fleet.Database.KillAsync(ct);
            await Task.Delay(TimeSpan.FromMinutes(10), ct);
            await s.Stage.Fleet.Database.StartAgainAsync(ct);
        }),
        new("Redis away for 8 s", false, 1, async (s, ct) =>
        {
            await s.Stage.Redis!.KillAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(8), ct);
            s.Stage.Redis!.Start();
        }),
        new("disk of a portal full for 8 s", true, 1, async (s, ct) =>
        {
            await s.Victim.Disk!.FillAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(8), ct);
            s.Victim.Disk.Empty();
        }),
        new("disk of the executor full for 8 s", true, 1, async (s, ct) =>
        {
            var executor = s.Stage.ExecutorDisk!;
            await executor.FillAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(8), ct);
            executor.Empty();
        }),
        new("clock of a portal 10 minutes ahead for 15 s", false, 1, async (s, ct) =>
        {
            foreach (var ahead in new[] { TimeSpan.FromMinutes(10), TimeSpan.Zero })
            {
                await s.Victim.SignalAsync("KILL");
                await s.Victim.WaitForExitAsync(ct);
                await s.Victim.StartAsync(TimeSpan.FromMinutes(4), ct, ahead);
                await Task.Delay(ahead == TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(15), ct);
            }
        }),
        new("connections to the executor cut", false, 2, async (s, ct) =>
        {
            foreach (var instance in s.Stage.Fleet.Instances)
            {
                await Cli.Wrap("pkill").WithArguments(["-KILL", "-P", instance.ProcessId.ToString(CultureInfo.InvariantCulture), "-x", "ssh"])
                    .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);
            }
        }),
        new("executor reset", true, 2, (s, ct) => ResetAsync(s, ExecutorOrder.Name, s.Stage.OperatorToken, ct)),
        new("node reset", true, 2, (s, ct) => ResetAsync(s, s.NodeServer, s.Stage.AccountToken, ct)),
        new("orders at Hetzner: answer lost after the effect", false, 2, async (s, ct) =>
            (await s.Control.PostAsJsonAsync("faults", new { method = "POST", path = "/servers", call = 1, drop = "after" }, ct)).EnsureSuccessStatusCode()),
        new("Hetzner answers 503 and 429 for a while", false, 1, async (s, ct) =>
        {
            (await s.Control.PostAsJsonAsync("faults", new { method = "*", path = "/servers", call = 1, times = 2, code = "unavailable" }, ct)).EnsureSuccessStatusCode();
            (await s.Control.PostAsJsonAsync("faults", new { method = "*", path = "/actions", call = 1, times = 2, code = "rate_limit_exceeded" }, ct)).EnsureSuccessStatusCode();
        }),
    ];

    /// <summary>Whether a portal died of it, so that the take-over is timed.</summary>
    public bool Counts => Name.StartsWith("portal ", StringComparison.Ordinal);

    /// <param name="only">Part of the names of those that may be drawn; null: all that are drawn at all.</param>
    public static FaultKind Draw(Random random, string? only)
    {
        var kinds = All.Where(k => only is null ? k.Weight > 0 : k.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        if (kinds.Count == 0)
        {
            throw new LaunchException($"No fault is called '{only}'. There are: {string.Join("; ", All.Select(k => k.Name))}");
        }

        var at = random.Next(kinds.Sum(k => Math.Max(1, k.Weight)));
        return kinds.First(k => (at -= Math.Max(1, k.Weight)) < 0);
    }

    private static Task ResetAsync(Strike strike, string name, string token, CancellationToken ct) => ServerPower.ActAsync(strike.Stage.Fleet.Sandbox, token, name, "reset", ct);
}

/// <summary>What a fault works with.</summary>
internal sealed class Strike(Stage stage, Instance victim, string nodeServer, Random random, Action ownerDied) : IDisposable
{
    public Stage Stage { get; } = stage;

    /// <summary>The portal it happens to.</summary>
    public Instance Victim { get; } = victim;

    /// <summary>Beginning of the name of the server a node fault happens to.</summary>
    public string NodeServer { get; } = nodeServer;

    /// <summary>What did not hold while it was done.</summary>
    public List<string> Breaches { get; } = [];

    public HttpClient Control { get; } = new() { BaseAddress = stage.Fleet.Sandbox.Control };

    public TimeSpan Pause(int fromSeconds, int toSeconds) => TimeSpan.FromSeconds(fromSeconds + (random.NextDouble() * (toSeconds - fromSeconds)));

    /// <summary>From now on the time of the take-over counts.</summary>
    public void OwnerDied() => ownerDied();

    public void Dispose() => Control.Dispose();
}
