using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Web.Tests.Support;

/// <summary>Everything outside of the portal, answering at once and remembering what it was asked to change.</summary>
internal sealed class FakeOutside : IServerCloud, INodeTemplates, INameLookup
{
    private static readonly CloudOffer Offer = new("fsn1", true, 0.0113m, 7.09m, 20_000_000_000_000, 1.00m);
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> records = new();

    /// <summary>Thrown by every call to Hetzner while set.</summary>
    public OutsideException? Trouble { get; set; }

    /// <summary>TXT records set and removed, e.g. <c>+ acme.example _acme-challenge.www value</c>.</summary>
    public IEnumerable<string> Records => records;

    public string ContentVersion => "1.0.0";

    public IReadOnlyList<NodeTemplate> All { get; } =
    [
        new("lemp", "1.0.0", "Web server", ["base", "nginx"], 2, ["x86"], ["cx23"], ["debian-13"], [], new Dictionary<string, IReadOnlyList<string>> { ["debian-13"] = ["8.4"] }),
    ];

    public Task<CloudCatalog> GetCatalogAsync(Secret token, CancellationToken ct) => Trouble is { } trouble
        ? throw trouble
        : Task.FromResult(new CloudCatalog(
            DateTimeOffset.UnixEpoch, "EUR", [new CloudLocation("fsn1", "Falkenstein", "DE", "eu-central")],
            [new CloudServerType(1, "cx23", "x86", "shared", 2, 4, 40, [Offer])], ["debian-13"], 0.60m, 20));

    public Task<IReadOnlyList<CloudZone>> ListZonesAsync(Secret token, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CloudZone>>([new CloudZone(1, "acme.example", "primary", "ok")]);

    public Task AddTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct)
    {
        records.Enqueue($"+ {zone} {name} {value}");
        return Trouble is { } trouble ? throw trouble : Task.CompletedTask;
    }

    public Task RemoveTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct)
    {
        records.Enqueue($"- {zone} {name} {value}");
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> GetTextAsync(string name, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<string?> GetAliasAsync(string name, CancellationToken ct) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<string>> GetAddressesAsync(string name, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<long> EnsureSshKeyAsync(Secret token, string name, string publicKey, CloudLabels labels, CancellationToken ct) => throw Unused();

    public Task<long> EnsureFirewallAsync(Secret token, string name, IReadOnlyList<CloudFirewallRule> rules, CloudLabels labels, CancellationToken ct) => throw Unused();

    public Task<IReadOnlyList<CloudServer>> ListServersAsync(Secret token, string instance, CancellationToken ct) => throw Unused();

    public Task<CloudServer?> GetServerAsync(Secret token, long serverId, CancellationToken ct) => throw Unused();

    public Task<CloudServer> CreateServerAsync(Secret token, CloudServerOrder order, CancellationToken ct) => throw Unused();

    public Task WaitAsync(Secret token, IReadOnlyList<long> actionIds, CancellationToken ct) => throw Unused();

    public Task SetServerLabelsAsync(Secret token, long serverId, CloudLabels labels, CancellationToken ct) => throw Unused();

    public Task EnableBackupsAsync(Secret token, long serverId, CancellationToken ct) => throw Unused();

    public Task SetProtectionAsync(Secret token, long serverId, bool on, CancellationToken ct) => throw Unused();

    public Task DeleteServerAsync(Secret token, long serverId, CancellationToken ct) => throw Unused();

    public Task DeleteFirewallAsync(Secret token, long firewallId, CancellationToken ct) => throw Unused();

    public Task<long> EnsureNetworkAsync(Secret token, string name, string networkZone, CloudLabels labels, CancellationToken ct) => throw Unused();

    public Task<IReadOnlyList<CloudFirewallRule>?> GetServerRulesAsync(Secret token, long serverId, CancellationToken ct) => throw Unused();

    public Task<string> JoinNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct) => throw Unused();

    public Task LeaveNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct) => throw Unused();

    public Task DeleteNetworkAsync(Secret token, long networkId, CancellationToken ct) => throw Unused();

    public Task DeleteSshKeyAsync(Secret token, long sshKeyId, CancellationToken ct) => throw Unused();

    public Task SetAddressRecordsAsync(Secret token, string zone, string name, string? ipv4, string? ipv6, CancellationToken ct) => throw Unused();

    private static InvalidOperationException Unused() => new("Nothing in these tests works on runs.");
}

/// <summary>Ports only run handlers use; runs stay queued in these tests.</summary>
internal sealed class NoWork : IExecutors, IExecutor, IInventoryStore, ISiteProbe
{
    public IExecutor Primary => this;

    public IExecutor At(ExecutorAddress address) => this;

    public Task PushAsync(string projectId, ExecutorAddress master, CancellationToken ct) => throw new InvalidOperationException();

    public Task<ExecutorInfo> EnsureReadyAsync(Action<string> line, CancellationToken ct) => throw new InvalidOperationException();

    public Task PrepareProjectAsync(string projectId, ProjectKeys? keys, CancellationToken ct) => throw new InvalidOperationException();

    public Task<ExecutorRunState> StartAsync(ExecutorRun run, CancellationToken ct) => throw new InvalidOperationException();

    public Task<ExecutorRunStatus> GetStatusAsync(string key, CancellationToken ct) => throw new InvalidOperationException();

    public IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(string key, long offset, CancellationToken ct) => throw new InvalidOperationException();

    public Task WatchAsync(string projectId, ExecutorWatch watch, CancellationToken ct) => throw new InvalidOperationException();

    public Task<IReadOnlyList<TimedRun>> ListTimedAsync(CancellationToken ct) => throw new InvalidOperationException();

    public Task<ExecutorHealth> GetHealthAsync(CancellationToken ct) => throw new InvalidOperationException();

    public Task CancelAsync(string key, CancellationToken ct) => throw new InvalidOperationException();

    public Task CleanAsync(string key, CancellationToken ct) => throw new InvalidOperationException();

    public Task<InventoryCommit> CommitAsync(string projectId, InventoryTree tree, Secret vaultPassword, string message, CancellationToken ct) => throw new InvalidOperationException();

    public Task<string> DiffAsync(string projectId, string? fromCommit, string toCommit, Secret vaultPassword, CancellationToken ct) => throw new InvalidOperationException();

    public Task<SiteAnswer> AskAsync(string name, string address, CancellationToken ct) => throw new InvalidOperationException();
}
