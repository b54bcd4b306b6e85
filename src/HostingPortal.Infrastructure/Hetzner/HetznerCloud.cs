using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>The port's one face over a class per resource.</summary>
internal sealed class HetznerCloud(
    CatalogReader catalog, CloudDoors doors, Servers servers, Records records, ActionPoller actions) : IServerCloud
{
    public Task<CloudCatalog> GetCatalogAsync(Secret token, CancellationToken ct) => catalog.ReadAsync(token.ForHeader(), ct);

    public Task<IReadOnlyList<CloudZone>> ListZonesAsync(Secret token, CancellationToken ct) => records.ListZonesAsync(token.ForHeader(), ct);

    public Task<long> EnsureSshKeyAsync(Secret token, string name, string publicKey, CloudLabels labels, CancellationToken ct) =>
        doors.Keys.EnsureAsync(token.ForHeader(), name, publicKey, labels, ct);

    public Task<long> EnsureFirewallAsync(
        Secret token, string name, IReadOnlyList<CloudFirewallRule> rules, CloudLabels labels, CancellationToken ct) =>
        doors.Firewalls.EnsureAsync(token.ForHeader(), name, rules, labels, ct);

    public Task<long> EnsureNetworkAsync(Secret token, string name, string networkZone, CloudLabels labels, CancellationToken ct) =>
        doors.Networks.EnsureAsync(token.ForHeader(), name, networkZone, labels, ct);

    public Task<string> JoinNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct) =>
        servers.JoinNetworkAsync(token.ForHeader(), serverId, networkId, ct);

    public Task LeaveNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct) => servers.LeaveNetworkAsync(token.ForHeader(), serverId, networkId, ct);

    public Task DeleteNetworkAsync(Secret token, long networkId, CancellationToken ct) => doors.Networks.DeleteAsync(token.ForHeader(), networkId, ct);

    public Task<IReadOnlyList<CloudServer>> ListServersAsync(Secret token, string instance, CancellationToken ct) =>
        servers.ListAsync(token.ForHeader(), instance, ct);

    public Task<CloudServer?> GetServerAsync(Secret token, long serverId, CancellationToken ct) => servers.GetAsync(token.ForHeader(), serverId, ct);

    public async Task<IReadOnlyList<CloudFirewallRule>?> GetServerRulesAsync(Secret token, long serverId, CancellationToken ct) =>
        await doors.Firewalls.RulesOfAsync(token.ForHeader(), await servers.NetOfAsync(token.ForHeader(), serverId, ct), ct);

    public Task<CloudServer> CreateServerAsync(Secret token, CloudServerOrder order, CancellationToken ct) =>
        servers.CreateAsync(token.ForHeader(), order, ct);

    public Task WaitAsync(Secret token, IReadOnlyList<long> actionIds, CancellationToken ct) => actions.WaitAsync(token.ForHeader(), actionIds, ct);

    public Task EnableBackupsAsync(Secret token, long serverId, CancellationToken ct) => servers.EnableBackupsAsync(token.ForHeader(), serverId, ct);

    public Task SetProtectionAsync(Secret token, long serverId, bool on, CancellationToken ct) => servers.SetProtectionAsync(token.ForHeader(), serverId, on, ct);

    public Task SetServerLabelsAsync(Secret token, long serverId, CloudLabels labels, CancellationToken ct) =>
        servers.SetLabelsAsync(token.ForHeader(), serverId, labels, ct);

    public Task DeleteServerAsync(Secret token, long serverId, CancellationToken ct) => servers.DeleteAsync(token.ForHeader(), serverId, ct);

    public Task DeleteFirewallAsync(Secret token, long firewallId, CancellationToken ct) => doors.Firewalls.DeleteAsync(token.ForHeader(), firewallId, ct);

    public Task DeleteSshKeyAsync(Secret token, long sshKeyId, CancellationToken ct) => doors.Keys.DeleteAsync(token.ForHeader(), sshKeyId, ct);

    public Task AddTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct) =>
        records.AddTextAsync(token.ForHeader(), zone, name, value, ct);

    public Task RemoveTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct) =>
        records.RemoveTextAsync(token.ForHeader(), zone, name, value, ct);

    public Task SetAddressRecordsAsync(Secret token, string zone, string name, string? ipv4, string? ipv6, CancellationToken ct) => Task.WhenAll(
        records.SetAddressAsync(token.ForHeader(), zone, name, "A", ipv4, ct), records.SetAddressAsync(token.ForHeader(), zone, name, "AAAA", ipv6, ct));
}

/// <summary>Who may reach servers and how: keys, firewalls, private networks.</summary>
internal sealed record CloudDoors(SshKeys Keys, Firewalls Firewalls, Networks Networks);
