using HostingPortal.Domain;
using HostingPortal.Infrastructure.Executors;

namespace HostingPortal.Infrastructure.Git;

internal sealed record GitResult(int ExitCode, string Output, string Errors, bool Cut)
{
    private static readonly string[] ConnectionWords =
        ["Could not read from remote repository", "Host key verification failed", "Permission denied", "unexpected disconnect", "the remote end hung up"];

    /// <summary>The remote has no such branch: a repository without commits.</summary>
    public bool MissesRemoteBranch => ExitCode != 0 && Errors.Contains("couldn't find remote ref", StringComparison.Ordinal);

    public OutsideException ToException()
    {
        var words = Errors.Length > 0 ? Errors : Output;
        if (words.Contains("does not appear to be a git repository", StringComparison.Ordinal))
        {
            return new OutsideException("inventory.missing", words.Trim());
        }

        return ConnectionWords.Any(w => words.Contains(w, StringComparison.Ordinal))
            ? ExecutorFaults.From(ExecutorFaults.SshFailed, "", words)
            : new OutsideException("inventory.failed", words.Trim());
    }
}
