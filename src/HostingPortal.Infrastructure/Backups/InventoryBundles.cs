using HostingPortal.Domain;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Executors;
using HostingPortal.Infrastructure.Git;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Backups;

/// <summary>Inventories with their whole history as git bundles, from executors and back.</summary>
internal sealed class InventoryBundles(
    InventoryClone clones, IExecutor executor, ISecretStore secrets, IDbContextFactory<PortalDbContext> contexts, IOptions<ExecutorOptions> options)
{
    private const string Repository = "repository.git";

    /// <returns>The head, or null where the inventory has no commit.</returns>
    public async Task<string?> SaveAsync(string projectId, string file, CancellationToken ct)
    {
        using var clone = clones.Open(projectId);
        await clone.Git.RunAsync(["clone", "--quiet", "--mirror", clone.Remote, Repository], ct);
        if (await HeadAsync(clone, ct) is not { } head)
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await clone.Git.RunAsync([$"--git-dir={Repository}", "bundle", "create", "--quiet", file, "--all"], ct);
        return head;
    }

    /// <summary>Brings the history to the executor, unless it has it or more.</summary>
    /// <returns>What was done, in a word: <c>restored</c>, <c>there</c> or <c>newer</c>.</returns>
    public async Task<string> LoadAsync(string projectId, string file, CancellationToken ct)
    {
        if (options.Value.IsConfigured)
        {
            await PrepareAsync(projectId, ct);
        }

        using var clone = clones.Open(projectId);
        await clone.Git.RunAsync(["clone", "--quiet", "--mirror", file, Repository], ct);
        var wanted = await HeadAsync(clone, ct);
        await clone.Git.RunAsync([$"--git-dir={Repository}", "fetch", "--quiet", clone.Remote, "+refs/heads/*:refs/there/*"], ct);
        var there = await clone.Git.TryAsync([$"--git-dir={Repository}", "rev-parse", "--quiet", "--verify", $"refs/there/{OpenClone.Branch}"], ct);
        if (there.ExitCode == 0)
        {
            return there.Output.Trim() == wanted ? "there" : "newer";
        }

        await clone.Git.RunAsync([$"--git-dir={Repository}", "push", "--quiet", clone.Remote, $"refs/heads/{OpenClone.Branch}"], ct);
        return "restored";
    }

    private async Task PrepareAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        var stored = await db.Secrets.AsNoTracking().Where(s => s.Id == project.SshKeySecretId || s.Id == project.VaultSecretId).ToDictionaryAsync(s => s.Id, ct);
        await executor.EnsureReadyAsync(_ => { }, ct);

        // The keys of a managed project lie on its master alone.
        var direct = project.Mode == ProjectMode.Direct;
        await executor.PrepareProjectAsync(projectId, direct ? new ProjectKeys(secrets.Open(stored[project.SshKeySecretId]), secrets.Open(stored[project.VaultSecretId])) : null, ct);
    }

    private static async Task<string?> HeadAsync(OpenClone clone, CancellationToken ct)
    {
        var head = await clone.Git.TryAsync([$"--git-dir={Repository}", "rev-parse", "--quiet", "--verify", $"refs/heads/{OpenClone.Branch}"], ct);
        return head.ExitCode == 0 ? head.Output.Trim() : null;
    }
}
