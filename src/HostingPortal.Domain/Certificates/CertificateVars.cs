using HostingPortal.Domain.Inventory;

namespace HostingPortal.Domain.Certificates;

/// <summary><c>portal_certificates</c>: the name sets the node orders for itself.</summary>
internal sealed class CertificateVars : IHostVarsSource
{
    public string File => "certificates";

    public VarsMap Render(DesiredNode node) => new VarsMap()
        .Add("portal_certificates", node.Sites.OrderBy(s => s.CertificateId, StringComparer.Ordinal).Select(site => new VarsMap()
            .Add("id", site.CertificateId)
            .Add("names", site.Names.OrderByDescending(n => n.Canonical).ThenBy(n => n.Name!.Name, StringComparer.Ordinal).Select(n => (object)n.Name!.Name).ToList())
            .Add("state", site.Removed ? "absent" : "present")).ToList<object>());
}
