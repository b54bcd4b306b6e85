using System.Text.Json;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Web.Tests.Support;

/// <summary>Gives a run a log as the executor's callback writes it.</summary>
internal static class RunSeed
{
    private const long Start = 1_795_000_000_000;

    /// <summary>Two tasks on every node of the run; the first result carries <paramref name="marker"/>.</summary>
    public static async Task PlayAsync(PortalHost host, long runId, string marker, RunState end, CancellationToken ct)
    {
        var contexts = host.Get<IDbContextFactory<PortalDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.Include(r => r.Nodes).FirstAsync(r => r.Id == runId, ct);
        run.State = RunState.Running;
        run.Epoch = 1;
        run.StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(Start).UtcDateTime;
        await db.SaveChangesAsync(ct);
        await using (var log = new RunLog(contexts, host.Get<RunFeed>(), run, new Redactor([]), TimeProvider.System))
        {
            await log.AdoptAsync([.. Events(run.Nodes.Select(n => n.NodeId).ToList(), marker)], 1, ct);
        }

        await db.Runs.Where(r => r.Id == runId).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, end).SetProperty(x => x.EndedAt, run.StartedAt!.Value.AddSeconds(9)), ct);
    }

    public static IEnumerable<string> Events(IReadOnlyList<string> nodes, string marker)
    {
        yield return Line(0, new { e = "play", name = "Converge nodes", tasks = 2 });
        yield return Line(100, new { e = "task", n = 1, role = "base", name = "Install packages", action = "ansible.builtin.apt" });
        foreach (var node in nodes)
        {
            yield return Line(400, new { e = "result", n = 1, h = node, st = "changed", ms = 300, msg = $"packages of {marker}" });
        }

        yield return Line(500, new { e = "task", n = 2, role = "sites", name = "Apply sites", action = "hostingportal.portal.sites" });
        foreach (var node in nodes)
        {
            yield return Line(900, new { e = "result", n = 2, h = node, st = "ok", ms = 400 });
        }

        yield return Line(1000, new { e = "end", reason = "finished", rc = 0 });
    }

    private static string Line(long at, object fields)
    {
        var node = JsonSerializer.SerializeToNode(fields)!.AsObject();
        node["t"] = Start + at;
        return node.ToJsonString();
    }
}
