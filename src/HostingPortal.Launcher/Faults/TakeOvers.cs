using System.Diagnostics;
using System.Globalization;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher.Faults;

/// <summary>How long the runs of a portal that died had no owner: from the fault to the claim of the next one.</summary>
internal sealed class TakeOvers(DatabaseChild database, int processId)
{
    private readonly Stopwatch watch = new();
    private Dictionary<string, string> orphans = [];

    public List<TimeSpan> Took { get; } = [];

    /// <summary>Notes which runs the portal works on; call it right before the fault.</summary>
    public async Task NoteAsync(CancellationToken ct)
    {
        var pid = processId.ToString(CultureInfo.InvariantCulture);
        var rows = await database.QueryAsync($"SELECT Id, Epoch FROM runs WHERE State IN ('Running', 'Canceling') AND Owner LIKE '%-{pid}-%'", ct);
        orphans = rows.ToDictionary(r => r[0], r => r[1]);
    }

    public void Begin() => watch.Start();

    /// <summary>Returns when each of them has another owner or has ended.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        while (!watch.IsRunning && orphans.Count > 0)
        {
            await Task.Delay(50, ct);
        }

        while (orphans.Count > 0 && watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            foreach (var row in await database.QueryAsync($"SELECT Id, Epoch, EndedAt IS NOT NULL FROM runs WHERE Id IN ({string.Join(',', orphans.Keys)})", ct))
            {
                if (row[1] != orphans[row[0]])
                {
                    Took.Add(watch.Elapsed);
                    orphans.Remove(row[0]);
                }
                else if (row[2] == "1")
                {
                    orphans.Remove(row[0]);
                }
            }

            await Task.Delay(100, ct);
        }

        Took.AddRange(orphans.Select(_ => watch.Elapsed));
    }
}
