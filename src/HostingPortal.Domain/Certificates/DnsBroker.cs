using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Certificates;

/// <summary>
/// Sets DNS-01 records for nodes that order certificates. A node may set <c>_acme-challenge</c> of verified names of its own sites, nothing else; where that name
/// is a CNAME, its target must lie in a zone allotted to the same client. The one place outside of runs that changes something at Hetzner; audited.
/// </summary>
public sealed class DnsBroker(IDbContextFactory<PortalDbContext> contexts, IServerCloud cloud, ISecretStore secrets, INameLookup lookup, TimeProvider time)
{
    private const string Prefix = "_acme-challenge.";

    public Task PresentAsync(string nodeId, string password, string fqdn, string value, CancellationToken ct) => ChangeAsync(nodeId, password, fqdn, value, present: true, ct);

    public Task CleanUpAsync(string nodeId, string password, string fqdn, string value, CancellationToken ct) => ChangeAsync(nodeId, password, fqdn, value, present: false, ct);

    private async Task ChangeAsync(string nodeId, string password, string fqdn, string value, bool present, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(password));
        var node = await db.Nodes.AsNoTracking().Include(n => n.Project).FirstOrDefaultAsync(n => n.Id == nodeId, ct);
        if (node?.BrokerHash is null || !CryptographicOperations.FixedTimeEquals(node.BrokerHash, hash))
        {
            throw new NotFoundException();
        }

        if (value.Length is 0 or > 255 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new RuleViolationException("Broker.Value", "value");
        }

        var challenge = fqdn.TrimEnd('.').ToLowerInvariant();
        var host = challenge.StartsWith(Prefix, StringComparison.Ordinal) ? challenge[Prefix.Length..] : throw new NotFoundException();
        var allowed = await db.SiteNames.AnyAsync(
            s => s.Name!.Name == host && s.Name.VerifiedAt != null && db.Sites.Any(x => x.Id == s.SiteId && x.NodeId == nodeId), ct);
        if (!allowed)
        {
            await DeniedAsync(db, node.Name, node.Project!.ClientId, challenge, ct);
            throw new NotFoundException();
        }

        var zones = await db.ZoneAllotments.AsNoTracking().Where(z => z.ClientId == node.Project!.ClientId).ToListAsync(ct);
        var record = Covers(zones, challenge) is null && await lookup.GetAliasAsync(challenge, ct) is { } alias ? alias : challenge;
        var zone = Covers(zones, record) ?? throw new RuleViolationException("Broker.NoZone", "fqdn", ("record", challenge));
        var token = secrets.Open((await db.Accounts.AsNoTracking().Include(a => a.Token).FirstAsync(a => a.Id == zone.AccountId, ct)).Token!);
        var name = DnsName.RelativeTo(record, zone.Zone);
        await (present ? cloud.AddTextRecordAsync(token, zone.Zone, name, value, ct) : cloud.RemoveTextRecordAsync(token, zone.Zone, name, value, ct));
        db.Audit(NodeActor(node.Name), time, present ? "dns.present" : "dns.cleanup", node.Project!.ClientId, new ObjectRef("name", host, challenge));
        await db.SaveChangesAsync(ct);
    }

    private async Task DeniedAsync(PortalDbContext db, string nodeName, string clientId, string challenge, CancellationToken ct)
    {
        var shown = challenge.Length <= 253 ? challenge : challenge[..253];
        db.Audit(NodeActor(nodeName), time, "dns.denied", clientId, new ObjectRef("name", "-", shown));
        await db.SaveChangesAsync(ct);
    }

    private static ZoneAllotment? Covers(IEnumerable<ZoneAllotment> zones, string name) =>
        zones.Where(z => DnsName.IsWithin(name, z.Zone)).MaxBy(z => z.Zone.Length);

    private static Actor NodeActor(string name) => new(null, name, PortalRole.Client, new Dictionary<string, ClientRole>());
}
