using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;

namespace HostingPortal.Testing.Fakes;

/// <summary>What exists at Hetzner, whoever looks. Thread-safe.</summary>
public sealed class CloudWorld
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, CloudServer> servers = [];
    private readonly List<string> records = [];
    private readonly List<string> calls = [];
    private long lastId = 1000;

    /// <summary>When set, thrown by the next call of this name, once.</summary>
    public (string Call, OutsideException Error)? Fails { get; set; }

    /// <summary>How many times servers are still read as starting.</summary>
    public int StartingReads { get; set; }

    public CloudCatalog Catalog { get; set; } = new(
        DateTimeOffset.UnixEpoch, "EUR", [new CloudLocation("fsn1", "Falkenstein", "DE", "eu-central")],
        [
            new CloudServerType(1, "cx23", "x86", "shared", 2, 4, 40, [new CloudOffer("fsn1", true, 0.006m, 4.00m, 20_000, 1m)]),
            new CloudServerType(2, "cx11", "x86", "shared", 1, 1, 20, [new CloudOffer("fsn1", true, 0.004m, 2.00m, 20_000, 1m)]),
            new CloudServerType(3, "cx99", "x86", "shared", 2, 4, 40, [new CloudOffer("fsn1", false, 0.006m, 4.00m, 20_000, 1m)]),
        ],
        ["debian-13", "debian-12"], 0.50m, 20m);

    /// <summary>Rules by the firewall's name.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlyList<CloudFirewallRule>> Firewalls { get; } = new();

    /// <summary>Names of firewalls by Hetzner's id.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<long, string> FirewallNames { get; } = new();

    /// <summary>Servers with backups.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<long, bool> BackedUp { get; } = new();

    /// <summary>Servers whose protection against deletion was set, on or off.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<long, bool> Guarded { get; } = new();

    /// <summary>Address records as they were last set, by full name; empty where they were taken away.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Addresses { get; } = new();

    /// <summary>Orders of servers that were made, by our id.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, CloudServerOrder> Orders { get; } = new();

    /// <summary>Servers by our id in the label <c>portal-id</c>, the deleted ones left out.</summary>
    public IReadOnlyList<CloudServer> Servers
    {
        get
        {
            lock (gate)
            {
                return [.. servers.Values];
            }
        }
    }

    /// <summary>Changing calls, e.g. <c>create n-…</c>, in order.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>TXT strings as <c>name.zone value</c>.</summary>
    public IReadOnlyList<string> Records
    {
        get
        {
            lock (gate)
            {
                return [.. records];
            }
        }
    }

    /// <summary>Each name has an id of its own.</summary>
    internal long FirewallId(string name)
    {
        lock (gate)
        {
            var known = FirewallNames.FirstOrDefault(f => f.Value == name).Key;
            var id = known == 0 ? 8 + FirewallNames.Count : known;
            FirewallNames[id] = name;
            return id;
        }
    }

    internal void Note(string call)
    {
        lock (gate)
        {
            calls.Add(call);
        }
    }

    internal void FailIfAsked(string call)
    {
        lock (gate)
        {
            if (Fails is { } fails && fails.Call == call)
            {
                Fails = null;
                throw fails.Error;
            }
        }
    }

    /// <summary>As the port promises: a server with our <c>portal-id</c> is found, never made twice.</summary>
    internal CloudServer FindOrCreate(CloudServerOrder order)
    {
        lock (gate)
        {
            if (servers.Values.FirstOrDefault(s => s.Labels["portal-id"] == order.Labels.Id) is { } found)
            {
                return found with { ActionIds = [] };
            }

            var id = ++lastId;
            calls.Add($"create {order.Labels.Id}");
            Orders[order.Labels.Id] = order;
            return servers[id] = new CloudServer(id, order.Name, "running", $"192.0.2.{id % 250 + 1}", "2001:db8::1", order.Labels.ToDictionary(), [id], order.NetworkIds.Count > 0 ? $"10.0.0.{id % 250 + 1}" : null);
        }
    }

    /// <summary>Of the firewall its project, or its Project Master, was given; null where a test took it away.</summary>
    internal IReadOnlyList<CloudFirewallRule>? RulesOf(long id)
    {
        lock (gate)
        {
            return servers.TryGetValue(id, out var server) && FirewallNames.TryGetValue(Orders[server.Labels["portal-id"]].FirewallIds[0], out var name) ? Firewalls.GetValueOrDefault(name) : null;
        }
    }

    internal CloudServer SetPrivate(long id, string? address)
    {
        lock (gate)
        {
            return servers[id] = servers[id] with { PrivateIpv4 = address };
        }
    }

    internal CloudServer? Find(long id)
    {
        lock (gate)
        {
            var server = servers.GetValueOrDefault(id);
            return server is not null && StartingReads-- > 0 ? server with { Status = "starting" } : server;
        }
    }

    internal void Delete(long id)
    {
        lock (gate)
        {
            calls.Add($"delete {id}");
            servers.Remove(id);
        }
    }

    internal void SetRecord(string record, bool present)
    {
        lock (gate)
        {
            records.Remove(record);
            if (present)
            {
                records.Add(record);
            }
        }
    }
}
