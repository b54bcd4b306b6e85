using System.IO.Compression;
using System.Text;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Inventory;

/// <summary>
/// The middle of every run that touches nodes: render what should be, commit it, show the difference, play it. Callers say which nodes and what follows.
/// </summary>
public sealed class ConvergePlay(
    IDbContextFactory<PortalDbContext> contexts, DesiredStateReader reader, InventoryRenderer renderer, IInventoryStore store, RunPlaces places, InventoryTools tools)
{
    private const int MostPushes = 20;

    /// <summary>Steps <c>executor</c> to <c>play</c>; throws <see cref="OutsideException"/> where one fails.</summary>
    public async Task<ConvergeResult> RunAsync(RunContext run, string playbook, IReadOnlyList<string> tags, CancellationToken ct)
    {
        var place = await places.OfAsync(run.Run, ct);
        if (run.Run.ByMaster)
        {
            return await FetchAsync(run, place, ct);
        }

        playbook = place.OfMaster && playbook == Playbooks.Converge ? Playbooks.BootstrapMaster : playbook;
        var info = await run.StepAsync("prepare", () => run.PatientlyAsync(() => PrepareAsync(run, place, ct), ct), ct);

        // A run that was taken over plays the commit it had: what was applied is what its page shows.
        var desired = run.Run.InventoryCommit is null
            ? await run.StepAsync("commit", () => CommitAsync(run, place, info, playbook, tags, ct), ct)
            : await ReadAsync(run, place, info, ct);
        if (place.Master is { } master)
        {
            await run.StepAsync("push", () => run.PatientlyAsync(() => PushAsync(place, master, ct), ct), ct);
        }

        var data = new PlayData();
        var end = await run.StepAsync("play", () => tools.Plays.RunAsync(place.Executor, run, Play(run, place, desired, playbook, tags, tools.Plays.Limit), e => TakeAsync(run, data, e)), ct);
        if (place.Master is not null)
        {
            await run.PatientlyAsync(() => WatchAsync(place, run.Run.ProjectId, ct), ct);
        }

        return new ConvergeResult(end, data, Committed(run.Run, desired), run.Run.ContentVersion!);
    }

    /// <summary>The play of a master's timer is over: its events are brought into the log as if they had been followed.</summary>
    private async Task<ConvergeResult> FetchAsync(RunContext run, RunPlace place, CancellationToken ct)
    {
        var desired = await reader.ReadAsync(run.Run.ProjectId, place.OfMaster, place.SshSources, ct);
        var play = Play(run, place, desired, run.Run.Playbook!, [], tools.Plays.Limit);
        var data = new PlayData();
        var end = await run.StepAsync("fetch", () => tools.Plays.RunAsync(place.Executor, run, play, e => TakeAsync(run, data, e)), ct);
        return new ConvergeResult(end, data, Committed(run.Run, desired), run.Run.ContentVersion!);
    }

    /// <summary>The bare repository of every inventory lies on the Primary's executor; keys lie only where plays execute.</summary>
    private async Task<ExecutorInfo> PrepareAsync(RunContext run, RunPlace place, CancellationToken ct)
    {
        var primary = await places.Primary.EnsureReadyAsync(line => _ = run.LineAsync(line, run.Stopping), ct);
        await places.Primary.PrepareProjectAsync(place.InventoryId, place.Master is null ? place.Keys : null, ct);
        if (place.Master is null)
        {
            return primary;
        }

        var ready = await place.Executor.EnsureReadyAsync(line => _ = run.LineAsync(line, run.Stopping), ct);
        await place.Executor.PrepareProjectAsync(place.InventoryId, place.Keys, ct);

        // Roles and the host_vars they read belong together: a play brings its content along, and the master's page says which one it has.
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.NoteContentAsync(run.Run.ProjectId, ready.ContentVersion, ct);
        return ready with { Addresses = primary.Addresses };
    }

    /// <summary>The nodes of the run with the revision its commit holds: what changed since then is not what was played.</summary>
    private static List<DesiredNode> Committed(Run run, DesiredProject desired) =>
        (from node in desired.Nodes
         join part in run.Nodes on node.Node.Id equals part.NodeId
         select node with { Revision = part.Revision ?? node.Revision }).ToList();

    private async ValueTask TakeAsync(RunContext run, PlayData data, RunEvent e)
    {
        data.Take(e);
        foreach (var watcher in tools.Watchers)
        {
            await watcher.SeeAsync(run, e, run.Stopping);
        }
    }

    private async Task<bool> WatchAsync(RunPlace place, string projectId, CancellationToken ct)
    {
        await tools.Watches.SendAsync(place, projectId, ct);
        return true;
    }

    private async Task<bool> PushAsync(RunPlace place, ExecutorAddress master, CancellationToken ct)
    {
        await store.PushAsync(place.InventoryId, master, ct);
        return true;
    }

    private async Task<DesiredProject> ReadAsync(RunContext run, RunPlace place, ExecutorInfo info, CancellationToken ct)
    {
        var desired = await reader.ReadAsync(run.Run.ProjectId, place.OfMaster, place.SourcesWith(info), ct);
        return place.Outside ? desired with { Nodes = desired.Nodes.Select(n => n with { Outside = true }).ToList() } : desired;
    }

    /// <summary>Runs of other nodes of the project commit too: whoever comes second reads and renders anew what should be now.</summary>
    private async Task<(DesiredProject Desired, InventoryCommit Commit)> StoreAsync(RunContext run, RunPlace place, ExecutorInfo info, CancellationToken ct)
    {
        var message = await tools.MessageAsync(run.Run.Id, ct);
        for (var attempt = 1; ; attempt++)
        {
            var desired = await ReadAsync(run, place, info, ct);
            try
            {
                return (desired, await run.PatientlyAsync(() => store.CommitAsync(place.InventoryId, renderer.Render(desired), place.Keys.VaultPassword, message, ct), ct));
            }
            catch (OutsideException moved) when (moved.Code == "inventory.moved" && attempt < MostPushes)
            {
                await run.LineAsync("another run of this project committed first; host_vars are rendered again", ct);
            }
        }
    }

    private async Task<DesiredProject> CommitAsync(RunContext run, RunPlace place, ExecutorInfo info, string playbook, IReadOnlyList<string> tags, CancellationToken ct)
    {
        var (desired, commit) = await StoreAsync(run, place, info, ct);
        var applied = await tools.AppliedCommitAsync(run.Run, ct) ?? commit.Parent;
        var diff = applied == commit.Id ? "" : applied == commit.Parent ? commit.Diff : await store.DiffAsync(place.InventoryId, applied, commit.Id, place.Keys.VaultPassword, ct);
        await SaveDiffAsync(run.Run.Id, diff, ct);
        await run.UpdateAsync(r =>
        {
            r.InventoryCommit = commit.Id;
            r.InventoryParent = applied;
            r.ContentVersion = info.ContentVersion;
            r.Playbook = playbook;
            r.Tags = string.Join(',', tags);
            foreach (var node in r.Nodes)
            {
                node.Revision = desired.Nodes.FirstOrDefault(n => n.Node.Id == node.NodeId)?.Revision;
            }
        }, ct);
        if (place.OfMaster)
        {
            return desired;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Projects.Where(p => p.Id == run.Run.ProjectId).ExecuteUpdateAsync(p => p.SetProperty(x => x.InventoryCommit, commit.Id), ct);
        return desired;
    }

    private static ExecutorRun Play(RunContext run, RunPlace place, DesiredProject desired, string playbook, IReadOnlyList<string> tags, TimeSpan timeout) =>
        new(run.Run.Key, place.InventoryId, run.Run.InventoryCommit!, run.Run.ContentVersion!, playbook, run.Run.Nodes.Select(n => n.NodeId).ToList(), tags, run.Run.Check,
            KnownHosts(desired), new Dictionary<string, string>(), timeout);

    /// <summary>Hosts are known by id, never by address.</summary>
    private static string KnownHosts(DesiredProject desired) =>
        string.Concat(desired.Nodes.SelectMany(n => new[] { n.Node.HostKey, n.Node.NextHostKey }.OfType<string>().Select(key => $"{n.Node.Id} {key}\n")));

    private async Task SaveDiffAsync(long runId, string diff, CancellationToken ct)
    {
        var lines = diff.Split('\n');
        var buffer = new MemoryStream();
        await using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
        {
            await brotli.WriteAsync(Encoding.UTF8.GetBytes(diff), ct);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RunDiffs.Where(d => d.RunId == runId).ExecuteDeleteAsync(ct);
        db.RunDiffs.Add(new RunDiff
        {
            RunId = runId, Data = buffer.ToArray(),
            Added = lines.Count(l => l.StartsWith('+') && !l.StartsWith("+++", StringComparison.Ordinal)),
            Removed = lines.Count(l => l.StartsWith('-') && !l.StartsWith("---", StringComparison.Ordinal)),
        });
        await db.SaveChangesAsync(ct);
    }
}

/// <param name="Nodes">The nodes of the run as they were rendered.</param>
public sealed record ConvergeResult(PlayEnd End, PlayData Data, IReadOnlyList<DesiredNode> Nodes, string ContentVersion);
