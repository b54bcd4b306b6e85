using HostingPortal.Domain.Inventory;

namespace HostingPortal.Domain.Sites;

/// <summary><c>portal_sites</c>: one entry per site, removed ones as <c>absent</c> until a converge took them off.</summary>
internal sealed class SiteVars : IHostVarsSource
{
    public string File => "sites";

    public VarsMap Render(DesiredNode node) => new VarsMap()
        .Add("portal_sites", node.Sites.OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => Entry(s, node.Serving)).ToList<object>());

    private static VarsMap Entry(Site site, bool serving)
    {
        var names = site.Names.OrderByDescending(n => n.Canonical).ThenBy(n => n.Name!.Name, StringComparer.Ordinal).Select(n => n.Name!.Name).ToList();
        return new VarsMap()
            .Add("id", site.Id)
            .Add("user", site.UnixUser)
            .Add("kind", site.Kind == SiteKind.Php ? "php" : "static")
            .Add("state", site.Removed ? "absent" : serving ? "present" : "suspended")
            .Add("names", names.ToList<object>())
            .Add("canonical", names.Count > 0 ? names[0] : "")
            .Add("certificate", site.CertificateId)
            .Add("php", site.PhpVersion ?? "");
    }
}
