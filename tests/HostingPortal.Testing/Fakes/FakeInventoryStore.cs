using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Testing.Fakes;

/// <summary>Trees by project; equal content makes no commit. Commits are named by their content and place in line.</summary>
public sealed class InventoryWorld
{
    public ConcurrentDictionary<string, IReadOnlyList<(string Id, InventoryTree Tree)>> Commits { get; } = new();

    /// <summary>Newest commit of each project on a master, by <c>address project</c>.</summary>
    public ConcurrentDictionary<string, string?> Pushed { get; } = new();

    /// <summary>What the vaults of each project's newest commit were encrypted with.</summary>
    public ConcurrentDictionary<string, string> Passwords { get; } = new();

    /// <summary>When set, thrown by the next commit, once.</summary>
    public Domain.OutsideException? Fails { get; set; }

    /// <summary>Text of a file in the project's newest commit.</summary>
    public string Read(string projectId, string path) => Commits[projectId][^1].Tree.Files[path];

    internal InventoryCommit Commit(string projectId, InventoryTree tree)
    {
        if (Fails is { } fails)
        {
            Fails = null;
            throw fails;
        }

        var text = string.Concat(tree.Files.Concat(tree.VaultFiles.Select(v => KeyValuePair.Create(v.Key, v.Value.Reveal()))).Select(f => $"{f.Key}\0{f.Value}\0"));
        InventoryCommit? made = null;
        Commits.AddOrUpdate(projectId, _ => Append([]), (_, known) => Append(known));
        return made!;

        IReadOnlyList<(string Id, InventoryTree Tree)> Append(IReadOnlyList<(string Id, InventoryTree Tree)> known)
        {
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40];
            var parent = known.Count > 0 ? known[^1].Id : null;
            made = new InventoryCommit(id, parent, parent != id, parent == id ? "" : FakeInventoryStore.Diff);
            return made.Changed ? [.. known, (id, tree)] : known;
        }
    }
}

internal sealed class FakeInventoryStore(InventoryWorld world, CallGate gate) : IInventoryStore
{
    internal const string Diff = "--- a\n+++ b\n-old\n+new\n";

    public Task<InventoryCommit> CommitAsync(string projectId, InventoryTree tree, Secret vaultPassword, string message, CancellationToken ct) =>
        gate.AroundAsync("store.Commit", () =>
        {
            world.Passwords[projectId] = vaultPassword.Reveal();
            return Task.FromResult(world.Commit(projectId, tree));
        });

    public Task PushAsync(string projectId, ExecutorAddress master, CancellationToken ct) =>
        gate.AroundAsync("store.Push", () => Task.FromResult(world.Pushed[$"{master.Host} {projectId}"] = world.Commits.GetValueOrDefault(projectId)?[^1].Id));

    public Task<string> DiffAsync(string projectId, string? fromCommit, string toCommit, Secret vaultPassword, CancellationToken ct) =>
        gate.AroundAsync("store.Diff", () => Task.FromResult(Diff));
}
