using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Network;

/// <summary>
/// The rules of the router as nft scripts. Forwarded packets pass: <c>guard</c> of the sending server (own addresses only, no mail to outside),
/// established connections, the gateway's services, then the sender's outbound and the receiver's inbound rules.
/// </summary>
internal static class FirewallScript
{
    public static string Base(Slot slot, IReadOnlyList<int> hostPorts)
    {
        var tcp = string.Join(", ", hostPorts.Concat([LabPorts.Dns, LabPorts.Packages, LabPorts.Metadata, LabPorts.Acme]).Distinct());
        return $$"""
            table inet lab {
                map guard { type ifname : verdict; }
                map outbound { type ifname : verdict; }
                map inbound { type ifname : verdict; }
                chain metadata {
                    type nat hook prerouting priority dstnat; policy accept;
                    ip daddr 169.254.169.254 tcp dport 80 dnat ip to {{slot.GatewayIpv4}}:{{LabPorts.Metadata}}
                }
                chain gateway {
                    tcp dport { {{tcp}} } accept
                    udp dport {{LabPorts.Dns}} accept
                    meta l4proto { icmp, ipv6-icmp } accept
                    drop
                }
                chain forward {
                    type filter hook forward priority filter; policy drop;
                    iifname vmap @guard
                    ct state established,related accept
                    ct state invalid drop
                    oifname "uplink" ip daddr {{slot.GatewayIpv4}} jump gateway
                    oifname "uplink" ip6 daddr {{slot.GatewayIpv6}} jump gateway
                    iifname vmap @outbound
                    oifname vmap @inbound
                }
            }

            """;
    }

    /// <summary>Puts a server's public interface under rules; <c>null</c> lets everything pass but forged senders and mail.</summary>
    public static string Server(string link, string? ipv4, string? ipv6, IReadOnlyList<MachineFirewallRule>? rules)
    {
        List<string> lines = [];
        foreach (var direction in (string[])["guard", "outbound", "inbound"])
        {
            lines.Add($"add chain inet lab {direction}_{link}");
            lines.Add($"flush chain inet lab {direction}_{link}");
        }

        lines.AddRange(Guard(ipv4, ipv6).Select(rule => $"add rule inet lab guard_{link} {rule}"));
        lines.AddRange(Allowed(rules, inbound: false, "return").Select(rule => $"add rule inet lab outbound_{link} {rule}"));
        lines.AddRange(Allowed(rules, inbound: true, "accept").Select(rule => $"add rule inet lab inbound_{link} {rule}"));
        lines.AddRange(((string[])["guard", "outbound", "inbound"])
            .Select(direction => $"add element inet lab {direction} {{ \"{link}\" : jump {direction}_{link} }}"));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Takes a server's interface out again.</summary>
    public static string Forget(string link) => string.Concat(((string[])["guard", "outbound", "inbound"]).Select(direction => $"""
        delete element inet lab {direction} {"{"} "{link}" {"}"}
        delete chain inet lab {direction}_{link}

        """));

    private static IEnumerable<string> Guard(string? ipv4, string? ipv6) =>
    [
        ipv4 is null ? "meta nfproto ipv4 drop" : $"ip saddr != {ipv4} drop",
        ipv6 is null ? "meta nfproto ipv6 drop" : $"ip6 saddr != {ipv6} drop",
        "ct direction original tcp dport { 25, 465 } drop",
    ];

    /// <summary>As at Hetzner: outbound is open while no outbound rule exists, inbound is closed as soon as a firewall is applied.</summary>
    private static IEnumerable<string> Allowed(IReadOnlyList<MachineFirewallRule>? rules, bool inbound, string verdict)
    {
        var own = rules?.Where(rule => rule.Inbound == inbound).ToList();
        if (own is null || (own.Count == 0 && !inbound))
        {
            return [verdict];
        }

        return own.SelectMany(rule => Matches(rule, inbound ? "saddr" : "daddr").Select(match => $"{match} {verdict}")).Append("drop");
    }

    /// <summary>One match per range: ranges may overlap, which a set of nft does not allow.</summary>
    private static IEnumerable<string> Matches(MachineFirewallRule rule, string side) => rule.Cidrs.Distinct().Select(cidr =>
    {
        var family = cidr.Contains(':', StringComparison.Ordinal) ? "ip6" : "ip";
        return $"{family} {side} {cidr} {Protocol(rule, family)}";
    });

    private static string Protocol(MachineFirewallRule rule, string family) => rule.Protocol switch
    {
        "tcp" or "udp" => $"{rule.Protocol} dport {rule.Port ?? "0-65535"}",
        "icmp" => family == "ip" ? "meta l4proto icmp" : "meta l4proto ipv6-icmp",
        _ => $"meta l4proto {rule.Protocol}",
    };
}
