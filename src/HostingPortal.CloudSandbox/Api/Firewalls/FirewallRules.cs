using System.Globalization;
using HostingPortal.CloudSandbox.Api.Networks;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Firewalls;

/// <summary>Reads and checks firewall rules.</summary>
internal static class FirewallRules
{
    public const int MaxRules = 50;
    private const int MaxCidrs = 100;
    private static readonly string[] Directions = ["in", "out"];
    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "esp", "gre"];

    public static FirewallRule Read(Body body)
    {
        var direction = body.OneOf("direction", Directions, required: true) ?? "in";
        var protocol = body.OneOf("protocol", Protocols, required: true);
        var port = body.Text("port");
        var rule = new FirewallRule(
            body.Text("description", max: 255),
            direction,
            Ranges(body, "source_ips", required: direction == "in"),
            Ranges(body, "destination_ips", required: direction == "out"),
            protocol ?? "tcp",
            port);
        CheckPort(body, protocol, port);
        return rule;
    }

    public static MachineFirewallRule ToMachine(FirewallRule rule) => new(
        rule.Direction == "in",
        rule.Protocol,
        rule.Port == "any" ? "1-65535" : rule.Port,
        rule.Direction == "in" ? rule.SourceIps : rule.DestinationIps);

    private static void CheckPort(Body body, string? protocol, string? port)
    {
        var hasPorts = protocol is "tcp" or "udp";
        if (hasPorts && port is null)
        {
            body.Reject("port", "is required for tcp and udp");
        }
        else if (!hasPorts && protocol is not null && port is not null)
        {
            body.Reject("port", "is only allowed for tcp and udp");
        }
        else if (port is not null and not "any" && !IsPorts(port))
        {
            body.Reject("port", "must be a port or a range such as 1024-5000");
        }
    }

    private static bool IsPorts(string text)
    {
        var ports = text.Split('-').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0).ToArray();
        return ports.Length is 1 or 2 && ports.All(p => p is >= 1 and <= 65535) && ports[0] <= ports[^1];
    }

    private static List<string> Ranges(Body body, string name, bool required)
    {
        var cidrs = body.Texts(name, required) ?? [];
        if ((required && cidrs.Count == 0) || cidrs.Count > MaxCidrs)
        {
            body.Reject(name, "must have between 1 and 100 ranges");
        }

        foreach (var cidr in cidrs.Where(c => !Cidrs.IsRange(c)))
        {
            body.Reject(name, $"'{cidr}' is not the start of a range in CIDR notation");
        }

        return [.. cidrs];
    }
}
