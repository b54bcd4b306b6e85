using System.Net;
using System.Net.Sockets;

namespace HostingPortal.Domain.Notifications;

/// <summary>
/// What a webhook may be sent to: https on the public internet. A name is looked at when it is saved and its addresses each time it is used, because what a
/// name points to can change in between.
/// </summary>
public static class WebhookAddress
{
    public const int MaxLength = 1000;

    private static readonly string[] InsideNames = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid", "onion", "arpa"];

    private static readonly IPNetwork[] NotPublic4 = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    }.Select(n => IPNetwork.Parse(n))];

    /// <summary>Global unicast but for what carries an IPv4 address inside (6to4, Teredo) or is for documents.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(n => IPNetwork.Parse(n))];

    /// <exception cref="RuleViolationException">No https address, one with a password, or one inside a network.</exception>
    public static Uri Parse(string? text, Func<string, bool> isOwnHost)
    {
        var written = (text ?? "").Trim();
        if (written.Length > MaxLength || !Text.IsPrintable(written) || written.Contains(' ') || written.Contains('\\')
            || !Uri.TryCreate(written, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            throw new RuleViolationException("Channel.UrlForm", "Target");
        }

        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        var inside = IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? !IsPublic(address)
            : !host.Contains('.') || InsideNames.Contains(host.Split('.')[^1]) || isOwnHost(host);
        return inside ? throw new RuleViolationException("Channel.UrlInside", "Target") : url;
    }

    /// <summary>False for loopback, private, link-local, metadata, shared, multicast, reserved and documentation addresses, also when they are mapped into IPv6.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublic4.Any(n => n.Contains(plain)),
            AddressFamily.InterNetworkV6 => plain.ScopeId == 0 && Global6.Contains(plain) && !NotPublic6.Any(n => n.Contains(plain)),
            _ => false,
        };
    }
}
