namespace HostingPortal.Infrastructure.Git;

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
        await git.RunAsync(["clone", "--quiet", "--depth=1", "--no-tags", "--single-branch", remote, "."], ct);
        var head = await git.TryAsync(["rev-parse", "--quiet", "--verify", "HEAD"], ct);
        return head.ExitCode == 0 ? head.Output.Trim() : null;
    }

    public void Dispose() => folder.Dispose();
}
