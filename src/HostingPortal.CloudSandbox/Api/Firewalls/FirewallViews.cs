using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Firewalls;

internal static class FirewallViews
{
    public static object View(Project project, Firewall firewall) => new
    {
        firewall.Id,
        firewall.Name,
        firewall.Labels,
        firewall.Created,
        firewall.Rules,
        AppliedTo = firewall.ServerIds.Select(Server).Concat(firewall.Selectors.Select(selector => Selector(project, selector))).ToArray(),
    };

    private static object Server(long id) => new { Type = "server", Server = new { Id = id } };

    private static object Selector(Project project, string selector) => new
    {
        Type = "label_selector",
        LabelSelector = new { Selector = selector },
        AppliedToResources = new FirewallTarget(null, selector).Servers(project).Select(server => Server(server.Id)).ToArray(),
    };
}
