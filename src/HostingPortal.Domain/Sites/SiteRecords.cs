using System.Text.Json;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>
/// Points the names of changed sites at their node where the portal keeps the zone; takes the records of a removed site away. Runs after the play, so a name
/// leads here only once its certificate is there.
/// </summary>
internal sealed class SiteRecords(IDbContextFactory<PortalDbContext> contexts, IServerCloud cloud, ISecretStore secrets) : IConvergeReport
{
    private const int AtOnce = 4;

    public async Task<IReadOnlyList<string>> ApplyAsync(RunContext run, DesiredNode node, ConvergeResult result, CancellationToken ct)
    {
        var failed = new List<string>();
        var changed = node.Sites.Where(s => s.AppliedRevision < s.DesiredRevision && s.DesiredRevision <= node.Revision).ToList();
        if (changed.Count == 0 || !ConvergeOutcome.Works(node, result))
        {
            return failed;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var zones = await db.ZoneAllotments.AsNoTracking().Where(z => z.ClientId == run.Run.ClientId).ToListAsync(ct);
        var accounts = zones.Select(z => z.AccountId).ToHashSet();
        var tokens = await db.Accounts.AsNoTracking().Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.Token }).ToDictionaryAsync(a => a.Id, a => a.Token!, ct);
        var wanted = new List<(ZoneAllotment Zone, string Name, Node? Node)>();
        foreach (var site in changed)
        {
            var names = site.Removed ? await FormerNamesAsync(db, site.Id, ct) : site.Names.Select(n => n.Name!.Name).ToList();
            wanted.AddRange(names.SelectMany(name => zones.Where(z => DnsName.IsWithin(name, z.Zone)).OrderByDescending(z => z.Zone.Length).Take(1)
                .Select(zone => (zone, name, site.Removed ? null : node.Node))));
        }

        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (record, token) =>
        {
            if (await SetAsync(tokens[record.Zone.AccountId], record.Zone.Zone, record.Name, record.Node, token) is { } problem)
            {
                lock (failed)
                {
                    failed.Add(problem);
                }
            }
        });
        return failed;
    }

    /// <summary>Null when the records are as they should be, else one line that names the problem.</summary>
    private async Task<string?> SetAsync(StoredSecret token, string zone, string name, Node? node, CancellationToken ct)
    {
        try
        {
            await cloud.SetAddressRecordsAsync(secrets.Open(token), zone, DnsName.RelativeTo(name, zone), node?.PublicIpv4, node?.PublicIpv6, ct);
            return null;
        }
        catch (OutsideException error)
        {
            return $"DNS records of {name}: {error.Code}";
        }
    }

    /// <summary>The names a removed site had, from its history; those another site has taken over since are left alone.</summary>
    private static async Task<List<string>> FormerNamesAsync(PortalDbContext db, string siteId, CancellationToken ct)
    {
        var before = await db.Changes.AsNoTracking().Where(c => c.ObjectId == siteId && c.Verb == "site.remove").OrderByDescending(c => c.At).Select(c => c.Before).FirstOrDefaultAsync(ct);
        if (before is null)
        {
            return [];
        }

        using var json = JsonDocument.Parse(before);
        var names = json.RootElement.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToList();
        var taken = await db.SiteNames.Where(s => names.Contains(s.Name!.Name)).Select(s => s.Name!.Name).ToListAsync(ct);
        return names.Except(taken).ToList();
    }
}
