using HostingPortal.Domain;
using HostingPortal.Infrastructure.Executors;

namespace HostingPortal.Infrastructure.Git;

internal sealed record GitResult(int ExitCode, string Output, string Errors, bool Cut)
{
    private static readonly string[] ConnectionWords =
        ["Could not read from remote repository", "Host key verification failed", "Permission denied", "unexpected disconnect", "the remote end hung up"];

    /// <summary><c>git commit</c> found the tree as it was.</summary>
    public bool SaysNothingToCommit => ExitCode == 1 && Output.Contains("nothing to commit", StringComparison.Ordinal);

    public OutsideException ToException()
    {
        var words = Errors.Length > 0 ? Errors : Output;
        if (words.Contains("does not appear to be a git repository", StringComparison.Ordinal)
            || words.Contains("does not exist", StringComparison.Ordinal))
        {
            return new OutsideException("inventory.missing", words.Trim());
        }

        return ConnectionWords.Any(w => words.Contains(w, StringComparison.Ordinal))
            ? ExecutorFaults.From(ExecutorFaults.SshFailed, "", words)
            : new OutsideException("inventory.failed", words.Trim());
    }
}
