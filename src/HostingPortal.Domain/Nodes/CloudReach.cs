using System.Net;
using HostingPortal.Domain.Accounts;

namespace HostingPortal.Domain.Nodes;

/// <summary>What Hetzner's firewalls let in to a server, beside what they should.</summary>
/// <param name="Rules">As Hetzner has them now; null without a firewall.</param>
internal sealed record CloudReach(string Name, IReadOnlyList<CloudFirewallRule>? Rules, IReadOnlyList<CloudFirewallRule> Wanted)
{
    /// <summary>In words, e.g. <c>web-1: Hetzner's firewall is open though it should not be: 23/tcp from 0.0.0.0/0</c>.</summary>
    public IEnumerable<string> Differences()
    {
        if (Rules is null)
        {
            return [$"{Name}: Hetzner has no firewall before it"];
        }

        var (open, should) = (Ways(Rules), Ways(Wanted));
        return open.Except(should).Select(w => $"{Name}: Hetzner's firewall is open though it should not be: {w}")
            .Concat(should.Except(open).Select(w => $"{Name}: Hetzner's firewall is closed though it should be open: {w}"));
    }

    private static List<string> Ways(IReadOnlyList<CloudFirewallRule> rules) =>
        [.. rules.Where(r => r.Direction == "in").SelectMany(r => r.Cidrs.Select(c => $"{(r.Port is null ? "" : r.Port + "/")}{r.Protocol} from {Same(c)}"))];

    /// <summary>One spelling for each range: <c>2001:DB8:0::/32</c> and <c>2001:db8::/32</c> are the same.</summary>
    private static string Same(string range) => IPNetwork.TryParse(range, out var parsed) ? parsed.ToString() : range;
}
