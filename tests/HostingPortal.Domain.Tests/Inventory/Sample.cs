using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Domain.Tests.Inventory;

/// <summary>A project with everything an inventory can hold, the same at every run: two nodes, a static, a PHP, a renamed and a removed site.</summary>
internal static class Sample
{
    private const string Key = "AAAAC3NzaC1lZDI1NTE5AAAAIExample";
    private static readonly DateTime Day = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly NodeTemplate Lemp = new(
        "lemp", "1.0.0", "Web sites", ["base", "sites"], 2m, ["x86"], ["cx23"], ["debian-13", "debian-12"], [],
        new Dictionary<string, IReadOnlyList<string>> { ["debian-13"] = ["8.4"], ["debian-12"] = ["8.2"] });

    private static readonly NodeTemplate Master = Lemp with { Name = NodeTemplate.ProjectMaster, PhpVersions = new Dictionary<string, IReadOnlyList<string>>() };

    public static DesiredProject Direct(bool serving = true) => new(Project(ProjectMode.Direct),
    [
        Node("n-0001", "web-1", "debian-13", null, serving, Site("s-0001", SiteKind.Static, null, "www.acme.example", "acme.example"), Site("s-0002", SiteKind.Php, "8.4", "shop.acme.example")),
        Node("n-0002", "web-2", "debian-12", null, serving, Site("s-0003", SiteKind.Php, "8.2", "xn--bcher-kva.example"), Removed(Site("s-0004", SiteKind.Static, null))),
    ]);

    public static DesiredProject Managed() => new(Project(ProjectMode.Managed), [Node("n-0001", "web-1", "debian-13", "10.0.0.3", true, Site("s-0001", SiteKind.Static, null, "www.acme.example"))]);

    public static DesiredProject OfMaster() => new(Project(ProjectMode.Managed),
        [Node("n-0009", "master", "debian-13", "10.0.0.2", true) with { Template = Master, LoginKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 portal" }]);

    private static DesiredNode Node(string id, string name, string image, string? privateIpv4, bool serving, params Site[] sites) => new(
        new Node
        {
            Id = id, ProjectId = "p-0001", Name = name, Template = "lemp", TemplateVersion = "1.0.0", ServerType = "cx23", Location = "fsn1", Image = image, MonthlyPrice = 4.5m, Currency = "EUR",
            State = NodeState.Ready, CreatedAt = Day, PublicIpv4 = "192.0.2." + id[^1], PublicIpv6 = "2001:db8::" + id[^1], PrivateIpv4 = privateIpv4,
        },
        7, Lemp, new AcmeSettings("https://acme.example.net/directory", "ops@example.net", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "https://portal.example.net/acme-dns", id),
        ["198.51.100.7/32", "2001:db8:1::7/128"], sites, [], new Secret("db {{ of }} " + id), new Secret("broker of " + id), serving)
    {
        LoginKeys = [$"ssh-ed25519 {Key}1 portal", $"ssh-ed25519 {Key}2 portal recovery"], KeptLoginKeys = [$"ssh-ed25519 {Key}2 portal recovery"],
    };

    private static Site Site(string id, SiteKind kind, string? php, params string[] names)
    {
        var site = new Site
        {
            Id = id, ProjectId = "p-0001", ClientId = "c-0001", NodeId = "n-0001", Kind = kind, PhpVersion = php, UnixUser = "w" + id[^4..], CertificateId = "t" + id[1..], State = SiteState.Online, CreatedAt = Day,
        };
        site.Names.AddRange(names.Select((name, i) => new SiteName
        {
            ClientId = "c-0001", SiteId = id, NameId = $"d-{i}", Canonical = i == 0, Name = new ClaimedName { Id = $"d-{i}", ClientId = "c-0001", Name = name, ProofToken = "proof", CreatedAt = Day },
        }));
        return site;
    }

    private static Site Removed(Site site)
    {
        site.Removed = true;
        return site;
    }

    private static Project Project(ProjectMode mode) => new()
    {
        Id = "p-0001", ClientId = "c-0001", AccountId = "a-0001", Name = "acme-shop", Mode = mode, CreatedAt = Day, SshPublicKey = "ssh-ed25519 AAAA", SshKeySecretId = "sec-1", VaultSecretId = "sec-2",
    };
}
