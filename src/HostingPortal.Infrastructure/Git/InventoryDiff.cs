using System.Text;
using System.Text.RegularExpressions;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Git;

/// <summary>Unified diff between two commits of an inventory. Vault files show which keys changed, never a value.</summary>
internal sealed partial class InventoryDiff(OpenClone clone, Secret vaultPassword)
{
    private const string VaultName = "vault.yml";

    /// <summary>Object id of the tree without files: what the first commit is compared with.</summary>
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private const string CutMark = "\n… the diff goes on\n";

    public async Task<string> CompareAsync(string? from, string to, CancellationToken ct)
    {
        await FetchAsync(from is null ? [Checked(to)] : [Checked(from), Checked(to)], ct);
        return await CompareHereAsync(from, to, ct);
    }

    /// <summary>Both commits are in the clone already.</summary>
    public async Task<string> CompareHereAsync(string? from, string to, CancellationToken ct)
    {
        var before = from ?? EmptyTree;
        var plain = await clone.Git.TryAsync(
            ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", before, to, "--", ".", $":(exclude,glob)**/{VaultName}"], ct);
        if (plain.ExitCode != 0)
        {
            throw plain.ToException();
        }

        var text = new StringBuilder(plain.Output);
        if (plain.Cut)
        {
            text.Append(CutMark);
        }

        var vaults = await clone.Git.RunAsync(["diff", "--name-only", "--no-renames", "-z", before, to, "--", $":(glob)**/{VaultName}"], ct);
        foreach (var path in vaults.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(VaultDiff.Compare(path, await ReadAsync(before, path, ct), await ReadAsync(to, path, ct), vaultPassword));
        }

        return text.ToString();
    }

    /// <summary>
    /// Asks for the commits alone. A server that gives only its branches may have sent one of them by then, so the whole branch is asked for with a
    /// depth that also lengthens what is there.
    /// </summary>
    private async Task FetchAsync(string[] commits, CancellationToken ct)
    {
        await clone.Git.RunAsync(["init", "--quiet"], ct);
        var alone = await clone.Git.TryAsync(["fetch", "--quiet", "--depth=1", "--no-tags", clone.Remote, .. commits], ct);
        if (alone.ExitCode != 0)
        {
            await clone.Git.RunAsync(["fetch", "--quiet", $"--depth={int.MaxValue}", "--no-tags", clone.Remote, OpenClone.Branch], ct);
        }
    }

    private async Task<string?> ReadAsync(string commit, string path, CancellationToken ct)
    {
        var shown = await clone.Git.TryAsync(["cat-file", "blob", $"{commit}:{path}"], ct);
        return shown.ExitCode == 0 ? shown.Output : null;
    }

    private static string Checked(string commit) =>
        CommitId().IsMatch(commit) ? commit : throw new ArgumentException("Not a commit id.", nameof(commit));

    [GeneratedRegex(@"\A[0-9a-f]{40}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CommitId();
}
