using System.Net;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Domain.Inventory;

/// <summary>Everything one project's inventory is rendered from, read in one go.</summary>
public sealed record DesiredProject(Project Project, IReadOnlyList<DesiredNode> Nodes);

/// <param name="Revision">The node's desired revision at the moment of reading; what a converge of this state has applied.</param>
/// <param name="Serving">False while the client is suspended and its sites with it.</param>
/// <param name="SshSources">Where SSH may come from, CIDR.</param>
/// <param name="LoginKey">On a Project Master: the portal's own key. Null on other nodes.</param>
public sealed record DesiredNode(
    Node Node, long Revision, NodeTemplate Template, AcmeSettings Acme, IReadOnlyList<string> SshSources,
    IReadOnlyList<Site> Sites, IReadOnlyList<Certificate> Certificates, Secret DatabasePassword, Secret BrokerPassword, bool Serving = true,
    string? LoginKey = null)
{
    /// <summary>Public keys that open it: while one takes the place of another both, and a managed project's cold key.</summary>
    public IReadOnlyList<string> LoginKeys { get; init; } = [];

    /// <summary>Those that stay once a rotation is over.</summary>
    public IReadOnlyList<string> KeptLoginKeys { get; init; } = [];

    /// <summary>Reached over its public address although it has a private one.</summary>
    public bool Outside { get; init; }

    /// <summary>
    /// Where Ansible reaches it: a master from the Primary, the nodes of a managed project over their private network. Nothing but an address: Ansible takes what
    /// stands beside a host's name for a template, marked or not.
    /// </summary>
    public string Address => new[] { LoginKey is null && !Outside ? Node.PrivateIpv4 : null, Node.PublicIpv4, Node.PublicIpv6 }.FirstOrDefault(a => IPAddress.TryParse(a, out _)) ?? "";
}

/// <param name="BrokerUser">The node's id: the broker knows by it who asks.</param>
public sealed record AcmeSettings(string Directory, string Email, string CaPem, string BrokerUrl, string BrokerUser);
