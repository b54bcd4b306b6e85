using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// Compares what a page says about who can reach the nodes with the rules that are loaded on them, the keys that open them and Hetzner's firewalls before them. Each difference
/// is a line of the run, and its outcome.
/// </summary>
internal sealed class CheckReachJob(ConvergePlay play, NodeOrder order, NodeAccess access) : IRunJob
{
    private const int Ssh = 22;

    public string Name => RunJobs.CheckReach;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var result = await play.RunAsync(run, Playbooks.CheckReach, [], ct);
        var found = result.Nodes.Where(n => ConvergeOutcome.Works(n, result)).SelectMany(n => Differences(n, result.Data.Get(n.Node.Id, "portal_reach"))).ToList();
        var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
        var firewalls = await run.StepAsync("firewalls", () => run.PatientlyAsync(() => access.ListReachAsync(token, run.Run, ct), ct), ct);
        found.AddRange(firewalls.SelectMany(f => f.Differences()));
        foreach (var line in found)
        {
            await run.LineAsync(line, run.Stopping);
        }

        return ConvergeOutcome.Outcome(result, found);
    }

    /// <summary>In words, e.g. <c>web-1: open though it should not be: 23 from everywhere</c>.</summary>
    internal static IEnumerable<string> Differences(DesiredNode node, JsonElement? report)
    {
        if (report is not { ValueKind: JsonValueKind.Object } told)
        {
            return [$"{node.Node.Name}: the machine told nothing"];
        }

        var (ways, wanted) = (Texts(told, "ways"), Ways(node));
        var (keys, known) = (Texts(told, "keys"), node.LoginKeys.Select(Hash).ToList());
        var wall = told.TryGetProperty("policy", out var policy) && policy.ValueKind == JsonValueKind.String && policy.GetString() == "drop";
        return new[] { wall ? null : "its own firewall is not there" }.OfType<string>()
            .Concat(ways.Except(wanted).Select(w => $"open though it should not be: {w}")).Concat(wanted.Except(ways).Select(w => $"closed though it should be open: {w}"))
            .Concat(Texts(told, "others").Select(o => $"a rule that lets in something else: {o}"))
            .Concat(keys.Except(known).Select(k => $"a key that should not open it: {k}")).Concat(known.Except(keys).Select(k => $"a key that should open it does not: {k}"))
            .Select(difference => $"{node.Node.Name}: {difference}");
    }

    private static List<string> Ways(DesiredNode node) =>
        node.Template.Ports.Select(p => $"{p.Port} from everywhere").Concat(node.SshSources.Select(s => $"{Ssh} from {AsLoaded(s)}")).Distinct().ToList();

    /// <summary>A range as nft shows it: one address without its length, a network by its first address.</summary>
    private static string AsLoaded(string range)
    {
        var (address, length) = (IPAddress.Parse(range.Split('/')[0]), int.Parse(range.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture));
        var bytes = address.GetAddressBytes();
        if (length == bytes.Length * 8)
        {
            return address.ToString();
        }

        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return $"{new IPAddress(bytes)}/{length}";
    }

    /// <summary>The key itself is a piece of its private half, which the log leaves out.</summary>
    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(key.Split(' ')[1])));

    private static List<string> Texts(JsonElement report, string name) =>
        report.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!).Take(1000).ToList()
            : [];
}
