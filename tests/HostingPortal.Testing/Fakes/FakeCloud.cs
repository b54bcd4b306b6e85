using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Security;

namespace HostingPortal.Testing.Fakes;

/// <summary>One instance's way to a <see cref="CloudWorld"/>.</summary>
internal sealed class FakeCloud(CloudWorld world, CallGate gate) : IServerCloud
{
    public Task<CloudCatalog> GetCatalogAsync(Secret token, CancellationToken ct) => Task.FromResult(world.Catalog);

    public Task<IReadOnlyList<CloudZone>> ListZonesAsync(Secret token, CancellationToken ct) => Task.FromResult<IReadOnlyList<CloudZone>>([]);

    public Task<long> EnsureSshKeyAsync(Secret token, string name, string publicKey, CloudLabels labels, CancellationToken ct) => Change("EnsureSshKey", () => 7L);

    public Task<long> EnsureFirewallAsync(Secret token, string name, IReadOnlyList<CloudFirewallRule> rules, CloudLabels labels, CancellationToken ct) =>
        Change("EnsureFirewall", () =>
        {
            world.Firewalls[name] = rules;
            return world.FirewallId(name);
        });

    public Task<long> EnsureNetworkAsync(Secret token, string name, string networkZone, CloudLabels labels, CancellationToken ct) =>
        Change("EnsureNetwork", () => 9L);

    public Task<string> JoinNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct) =>
        Change("JoinNetwork", () => world.SetPrivate(serverId, $"10.0.0.{serverId % 250 + 1}").PrivateIpv4!);

    public Task LeaveNetworkAsync(Secret token, long serverId, long networkId, CancellationToken ct) => Change("LeaveNetwork", () => world.SetPrivate(serverId, null));

    public Task DeleteNetworkAsync(Secret token, long networkId, CancellationToken ct) => Act("DeleteNetwork", () => world.Note("delete-network"));

    public Task<IReadOnlyList<CloudServer>> ListServersAsync(Secret token, string instance, CancellationToken ct) => Task.FromResult(world.Servers);

    public Task<CloudServer?> GetServerAsync(Secret token, long serverId, CancellationToken ct) => Task.FromResult(world.Find(serverId));

    public Task<IReadOnlyList<CloudFirewallRule>?> GetServerRulesAsync(Secret token, long serverId, CancellationToken ct) => Task.FromResult(world.RulesOf(serverId));

    public Task<CloudServer> CreateServerAsync(Secret token, CloudServerOrder order, CancellationToken ct) => Change("CreateServer", () => world.FindOrCreate(order));

    public Task WaitAsync(Secret token, IReadOnlyList<long> actionIds, CancellationToken ct) => Change("Wait", () => true);

    public Task EnableBackupsAsync(Secret token, long serverId, CancellationToken ct) => Act("EnableBackups", () => world.BackedUp[serverId] = true);

    public Task SetProtectionAsync(Secret token, long serverId, bool on, CancellationToken ct) => Act("SetProtection", () => world.Guarded[serverId] = on);

    public Task SetServerLabelsAsync(Secret token, long serverId, CloudLabels labels, CancellationToken ct) => Change("SetServerLabels", () => true);

    public Task DeleteServerAsync(Secret token, long serverId, CancellationToken ct) => Act("DeleteServer", () => world.Delete(serverId));

    public Task DeleteFirewallAsync(Secret token, long firewallId, CancellationToken ct) => Act("DeleteFirewall", () => world.Note("delete-firewall"));

    public Task DeleteSshKeyAsync(Secret token, long sshKeyId, CancellationToken ct) => Act("DeleteSshKey", () => world.Note("delete-ssh-key"));

    public Task AddTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct) =>
        Act("AddTextRecord", () => world.SetRecord($"{name}.{zone} {value}", present: true));

    public Task RemoveTextRecordAsync(Secret token, string zone, string name, string value, CancellationToken ct) =>
        Act("RemoveTextRecord", () => world.SetRecord($"{name}.{zone} {value}", present: false));

    public Task SetAddressRecordsAsync(Secret token, string zone, string name, string? ipv4, string? ipv6, CancellationToken ct) =>
        Act("SetAddressRecords", () => world.Addresses[$"{name}.{zone}"] = $"{ipv4} {ipv6}".Trim());

    private Task Act(string call, Action effect) => Change(call, () =>
    {
        effect();
        return true;
    });

    private Task<T> Change<T>(string call, Func<T> effect) => gate.AroundAsync("cloud." + call, () =>
    {
        world.FailIfAsked(call);
        return Task.FromResult(effect());
    });
}
