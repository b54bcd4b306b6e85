using System.IO.Compression;
using System.Text;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Inventory;

/// <summary>
/// The middle of every run that touches nodes: render what should be, commit it, show the difference, play it. Callers say which nodes and what follows.
/// </summary>
public sealed class ConvergePlay(
    IDbContextFactory<PortalDbContext> contexts, DesiredStateReader reader, InventoryRenderer renderer, IInventoryStore store, IExecutor executor, InventoryTools tools)
{
    /// <summary>Steps <c>executor</c> to <c>play</c>; throws <see cref="OutsideException"/> where one fails.</summary>
    public async Task<ConvergeResult> RunAsync(RunContext run, string playbook, IReadOnlyList<string> tags, CancellationToken ct)
    {
        var secrets = await tools.OpenProjectSecretsAsync(run.Run.ProjectId, ct);
        var info = await run.StepAsync("prepare", async () =>
        {
            var ready = await executor.EnsureReadyAsync(line => _ = run.LineAsync(line, run.Stopping), ct);
            await executor.PrepareProjectAsync(run.Run.ProjectId, secrets.PrivateKey, secrets.VaultPassword, ct);
            return ready;
        }, ct);

        // A run that was taken over plays the commit it had: what was applied is what its page shows.
        var desired = await reader.ReadAsync(run.Run.ProjectId, info.Addresses, ct);
        if (run.Run.InventoryCommit is null)
        {
            await run.StepAsync("commit", () => CommitAsync(run, desired, secrets.VaultPassword, info, playbook, tags, ct), ct);
        }

        var data = new PlayData();
        var end = await run.StepAsync("play", () => tools.Plays.RunAsync(run, Play(run, desired, playbook, tags, tools.Plays.Limit), e => TakeAsync(run, data, e)), ct);
        return new ConvergeResult(end, data, Committed(run.Run, desired), run.Run.ContentVersion!);
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

    private async Task CommitAsync(RunContext run, DesiredProject desired, Secret vaultPassword, ExecutorInfo info, string playbook, IReadOnlyList<string> tags, CancellationToken ct)
    {
        var tree = renderer.Render(desired);
        var commit = await store.CommitAsync(run.Run.ProjectId, tree, vaultPassword, await tools.MessageAsync(run.Run.Id, ct), ct);
        var applied = await tools.AppliedCommitAsync(run.Run, ct) ?? commit.Parent;
        var diff = applied == commit.Id ? "" : applied == commit.Parent ? commit.Diff : await store.DiffAsync(run.Run.ProjectId, applied, commit.Id, vaultPassword, ct);
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
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Projects.Where(p => p.Id == run.Run.ProjectId).ExecuteUpdateAsync(p => p.SetProperty(x => x.InventoryCommit, commit.Id), ct);
    }

    private static ExecutorRun Play(RunContext run, DesiredProject desired, string playbook, IReadOnlyList<string> tags, TimeSpan timeout) =>
        new(run.Run.Key, run.Run.ProjectId, run.Run.InventoryCommit!, run.Run.ContentVersion!, playbook, run.Run.Nodes.Select(n => n.NodeId).ToList(), tags, run.Run.Check,
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
