using HostingPortal.Domain.Inventory;

namespace HostingPortal.Domain.Nodes;

/// <summary><c>portal_node</c>: what the machine itself is.</summary>
internal sealed class NodeVars : IHostVarsSource
{
    public string File => "node";

    public VarsMap Render(DesiredNode node) => new VarsMap().Add("portal_node", new VarsMap()
        .Add("id", node.Node.Id)
        .Add("name", node.Node.Name)
        .Add("template", node.Template.Name)
        .Add("debian", node.Node.Image == "debian-12" ? 12 : 13)
        .Add("public_ipv4", node.Node.PublicIpv4 ?? "")
        .Add("public_ipv6", node.Node.PublicIpv6 ?? "")
        .Add("ssh_sources", node.SshSources.ToList<object>())
        .Add("login_keys", node.LoginKeys.ToList<object>())
        .Add("kept_login_keys", node.KeptLoginKeys.ToList<object>())
        .Add("php_versions", (node.Template.PhpVersions.GetValueOrDefault(node.Node.Image) ?? []).ToList<object>())
        .Add("acme", new VarsMap()
            .Add("directory", node.Acme.Directory)
            .Add("email", node.Acme.Email)
            .Add("ca_pem", node.Acme.CaPem)
            .Add("broker_url", node.Acme.BrokerUrl)
            .Add("broker_user", node.Acme.BrokerUser)));
}
