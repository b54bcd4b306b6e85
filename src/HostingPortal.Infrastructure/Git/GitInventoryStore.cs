using HostingPortal.Domain;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Git;

/// <summary>One fetch and one push per commit, in a fresh private folder; a push that is not a fast forward is the lock.</summary>
internal sealed class GitInventoryStore(InventoryClone clones) : IInventoryStore
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
        await Task.WhenAll(PushAsync(clone, ct), diff);
        return new InventoryCommit(made, parent, Changed: true, await diff);
    }

    public async Task<string> DiffAsync(string projectId, string? fromCommit, string toCommit, Secret vaultPassword, CancellationToken ct)
    {
        using var clone = clones.Open(projectId);
        return await new InventoryDiff(clone, vaultPassword).CompareAsync(fromCommit, toCommit, ct);
    }

    /// <summary>Sample of a refusal: <c>!	HEAD:refs/heads/main	[rejected] (fetch first)</c>.</summary>
    private static async Task PushAsync(OpenClone clone, CancellationToken ct)
    {
        var pushed = await clone.Git.TryAsync(["push", "--porcelain", clone.Remote, $"HEAD:refs/heads/{OpenClone.Branch}"], ct);
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
