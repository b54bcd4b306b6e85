using HostingPortal.Domain;
using HostingPortal.Infrastructure.Executors;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Git;

/// <summary>Opens an empty private clone of a project's inventory. What it fetches, and how deep, is up to the caller.</summary>
internal sealed class InventoryClone(SshFiles ssh, IOptions<ExecutorOptions> options)
{
    public async Task<OpenClone> OpenAsync(string projectId, CancellationToken ct)
    {
        if (!Ids.IsId(projectId))
        {
            throw new ArgumentException("Not a project id.", nameof(projectId));
        }

        var remote = options.Value.InventoryRemote.Replace("{project}", projectId, StringComparison.Ordinal);
        var folder = new PrivateFolder();
        try
        {
            var overSsh = remote.StartsWith("ssh://", StringComparison.Ordinal);
            var git = new GitCommand(folder.Location, overSsh ? ssh.Config : null);
            await git.RunAsync(["init", "--quiet", "--initial-branch=main"], ct);
            return new OpenClone(folder, git, remote);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}

/// <summary>A working folder that is removed on dispose.</summary>
internal sealed class OpenClone(PrivateFolder folder, GitCommand git, string remote) : IDisposable
{
    public const string Branch = "main";

    public string Folder => folder.Location;

    public GitCommand Git => git;

    public string Remote => remote;

    /// <summary>Brings the newest commit and its files here.</summary>
    /// <returns>Its id, or null where the repository has no commit yet.</returns>
    public async Task<string?> CheckOutHeadAsync(CancellationToken ct)
    {
        var fetched = await git.TryAsync(["fetch", "--quiet", "--depth=1", "--no-tags", remote, Branch], ct);
        if (fetched.MissesRemoteBranch)
        {
            return null;
        }

        if (fetched.ExitCode != 0)
        {
            throw fetched.ToException();
        }

        await git.RunAsync(["reset", "--quiet", "--hard", "FETCH_HEAD"], ct);
        return (await git.RunAsync(["rev-parse", "HEAD"], ct)).Trim();
    }

    public void Dispose() => folder.Dispose();
}
