using HostingPortal.Domain;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Git;

/// <summary>One fetch and one push per commit, in a fresh private folder; a push that is not a fast forward is the lock.</summary>
internal sealed class GitInventoryStore(InventoryClone clones, HostingPortal.Infrastructure.Executors.Executors executors) : IInventoryStore
{
    public async Task<InventoryCommit> CommitAsync(
        string projectId, InventoryTree tree, Secret vaultPassword, string message, CancellationToken ct)
    {
        using var clone = clones.Open(projectId);
        var parent = await clone.CheckOutHeadAsync(ct);
        new TreeWriter(clone.Folder, vaultPassword).Write(tree);
        await clone.Git.RunAsync(["add", "--all"], ct);
        string[] emptyToo = parent is null ? ["--allow-empty"] : [];
        var committed = await clone.Git.TryAsync(["commit", "--cleanup=verbatim", "--file=-", .. emptyToo], ct, message);
        if (parent is not null && committed.SaysNothingToCommit)
        {
            return new InventoryCommit(parent, parent, Changed: false, "");
        }

        if (committed.ExitCode != 0)
        {
            throw committed.ToException();
        }

        var made = (await clone.Git.RunAsync(["rev-parse", "HEAD"], ct)).Trim();
        var diff = new InventoryDiff(clone, vaultPassword).CompareHereAsync(parent, made, ct);
        await Task.WhenAll(PushAsync(clone.Git, clone.Remote, $"HEAD:refs/heads/{OpenClone.Branch}", ct), diff);
        return new InventoryCommit(made, parent, Changed: true, await diff);
    }

    /// <summary>The whole history goes along: a repository refuses to take a shallow one.</summary>
    public async Task PushAsync(string projectId, ExecutorAddress master, CancellationToken ct)
    {
        using var clone = clones.Open(projectId);
        var there = new GitCommand(clone.Folder, executors.FilesOf(master).Config);
        string[] head = ["ls-remote", clone.Remote, $"refs/heads/{OpenClone.Branch}"];
        var (here, known) = (await clone.Git.RunAsync(head, ct), await there.RunAsync(head, ct));
        if (here.Length > 0 && here != known)
        {
            await clone.Git.RunAsync(["clone", "--quiet", "--bare", "--no-tags", "--single-branch", clone.Remote, "."], ct);
            await PushAsync(there, clone.Remote, $"refs/heads/{OpenClone.Branch}", ct);
        }
    }

    public async Task<string> DiffAsync(string projectId, string? fromCommit, string toCommit, Secret vaultPassword, CancellationToken ct)
    {
        using var clone = clones.Open(projectId);
        return await new InventoryDiff(clone, vaultPassword).CompareAsync(fromCommit, toCommit, ct);
    }

    /// <summary>Sample of a refusal: <c>!	HEAD:refs/heads/main	[rejected] (fetch first)</c>.</summary>
    private static async Task PushAsync(GitCommand git, string remote, string what, CancellationToken ct)
    {
        var pushed = await git.TryAsync(["push", "--porcelain", remote, what], ct);
        if (pushed.ExitCode == 0)
        {
            return;
        }

        var refusal = pushed.Output.Split('\n').FirstOrDefault(l => l.StartsWith('!')) ?? throw pushed.ToException();
        throw refusal.Contains("(fetch first)", StringComparison.Ordinal)
            || refusal.Contains("(non-fast-forward)", StringComparison.Ordinal)
            || refusal.Contains("failed to update ref", StringComparison.Ordinal)
            || refusal.Contains("cannot lock ref", StringComparison.Ordinal)
            || pushed.Errors.Contains("cannot lock ref", StringComparison.Ordinal)
            ? new OutsideException("inventory.moved", refusal)
            : new OutsideException("inventory.refused", $"{refusal} {pushed.Errors}".Trim());
    }
}
