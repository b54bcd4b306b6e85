using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Firewalls;

/// <summary>What a firewall is applied to or removed from: one server, or all that a label selector matches.</summary>
internal sealed record FirewallTarget(long? ServerId, string? Selector)
{
    private static readonly string[] Types = ["server", "label_selector"];

    public static FirewallTarget Read(Body body)
    {
        var type = body.OneOf("type", Types, required: true);
        var server = body.Object("server", s => new Box(s.Number("id", required: true), null), required: type == "server");
        var selector = body.Object("label_selector", s => new Box(null, s.Text("selector", required: true)), required: type == "label_selector");
        if (selector?.Text is { } text && LabelSelector.Parse(text) is null)
        {
            body.Reject("label_selector.selector", "is not a valid label selector");
        }

        return type == "server" ? new FirewallTarget(server?.Id, null) : new FirewallTarget(null, selector?.Text);
    }

    /// <summary>The servers the target means now.</summary>
    public IEnumerable<Server> Servers(Project project) => ServerId is { } id
        ? project.Servers.Where(server => server.Id == id)
        : project.Servers.Where(server => LabelSelector.Parse(Selector!)!.Matches(server.Labels));

    private sealed record Box(long? Id, string? Text);
}
