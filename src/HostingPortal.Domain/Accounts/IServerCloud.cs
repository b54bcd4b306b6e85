using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Accounts;

/// <summary>
/// The Hetzner Cloud API, one token per call. Errors are <see cref="OutsideException"/> with code <c>hetzner.{api code}</c>
/// (<c>hetzner.unauthorized</c>, <c>hetzner.resource_unavailable</c>…), <c>hetzner.unreachable</c>, or <c>hetzner.ambiguous</c> when a create may or
/// may not have happened and looking did not tell.
/// </summary>
public interface IServerCloud
{
    /// <summary>Locations, server types with availability, images and prices, read now.</summary>
    Task<CloudCatalog> GetCatalogAsync(Secret token, CancellationToken ct);

    Task<IReadOnlyList<CloudZone>> ListZonesAsync(Secret token, CancellationToken ct);

    /// <summary>Finds by label <c>portal-id</c>, then creates; a key with the same fingerprint is adopted only with our label.</summary>
    Task<long> EnsureSshKeyAsync(Secret token, string name, string publicKey, CloudLabels labels, CancellationToken ct);

    /// <summary>Finds by label <c>portal-id</c> or creates, then sets exactly these rules.</summary>
    Task<long> EnsureFirewallAsync(Secret token, string name, IReadOnlyList<CloudFirewallRule> rules, CloudLabels labels, CancellationToken ct);

    /// <summary>Finds by label <c>portal-id</c> or creates: 10.0.0.0/16 with one subnet in the zone.</summary>
    Task<long> EnsureNetworkAsync(Secret token, string name, string networkZone, CloudLabels labels, CancellationToken ct);

    /// <summary>Brings a server into a network and waits; one that is in it already stays as it is. Returns its address there.</summary>
    Task<string> JoinNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct);

    /// <summary>Takes a server out of a network and waits; one that is not in it is fine.</summary>
    Task LeaveNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct);

    Task DeleteNetworkAsync(Secret token, long networkId, CancellationToken ct);

    /// <summary>All servers carrying the label <c>portal-instance</c> of this portal.</summary>
    Task<IReadOnlyList<CloudServer>> ListServersAsync(Secret token, string instance, CancellationToken ct);

    Task<CloudServer?> GetServerAsync(Secret token, long serverId, CancellationToken ct);

    /// <summary>What all firewalls of the server let through, as Hetzner has them now; null where it has none, so that everything passes.</summary>
    Task<IReadOnlyList<CloudFirewallRule>?> GetServerRulesAsync(Secret token, long serverId, CancellationToken ct);

    /// <summary>
    /// Looks for the label <c>portal-id</c> first, so that repeating never makes a second server: one with our <c>portal-op</c> is adopted. A lost answer is
    /// looked up before anything else is tried. Returns as soon as the server has an id; its actions may still run.
    /// </summary>
    Task<CloudServer> CreateServerAsync(Secret token, CloudServerOrder order, CancellationToken ct);

    /// <summary>Waits until the actions ended; a failed one throws <c>hetzner.action_failed</c>.</summary>
    Task WaitAsync(Secret token, IReadOnlyList<long> actionIds, CancellationToken ct);

    /// <summary>Turns Hetzner's daily backups of the server on and waits; where they are on already nothing is done.</summary>
    Task EnableBackupsAsync(Secret token, long serverId, CancellationToken ct);

    /// <summary>Protects the server against being deleted or rebuilt, or lifts that, and waits; a server that is gone is fine.</summary>
    Task SetProtectionAsync(Secret token, long serverId, bool on, CancellationToken ct);

    /// <summary>Replaces all labels of the server.</summary>
    Task SetServerLabelsAsync(Secret token, long serverId, CloudLabels labels, CancellationToken ct);

    /// <summary>Deletes the server and waits until it is gone. One that is gone already is fine.</summary>
    Task DeleteServerAsync(Secret token, long serverId, CancellationToken ct);

    Task DeleteFirewallAsync(Secret token, long firewallId, CancellationToken ct);

    Task DeleteSshKeyAsync(Secret token, long sshKeyId, CancellationToken ct);

    /// <summary>Adds one TXT string to the set at the name (relative to the zone, <c>@</c> for the apex); others at the name stay.</summary>
    Task AddTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct);

    Task RemoveTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct);

    /// <summary>Sets A and AAAA at the name to exactly these addresses; null removes the set.</summary>
    Task SetAddressRecordsAsync(Secret token, string zone, string name, string? ipv4, string? ipv6, CancellationToken ct);
}
