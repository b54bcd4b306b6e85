namespace HostingPortal.Architecture.Tests;

/// <summary>
/// The only places where a folder of the domain names one it should not know; decision 0008 says why. A list row may show what hangs below or
/// above it in one SQL statement: such a service reads for display and changes nothing there.
/// </summary>
internal static class AllowedEdges
{
    private const string Display = "reads names or counts for its list rows in the same SQL statement";
    private const string Guard = "refuses to remove what something still hangs on";

    public static IReadOnlyList<(string Type, string To, string Reason)> All { get; } =
    [
        ("Actor", "Clients", "the two role enums are the vocabulary of rights"),
        ("ClientService", "Projects", Display),
        ("ClientService", "Nodes", Display),
        ("ClientService", "Sites", Display),
        ("AccountService", "Projects", Display),
        ("AccountService", "Names", Display),
        ("ProjectService", "Nodes", Display),
        ("ProjectService", "Sites", Display),
        ("NodeQueries", "Sites", Display),
        ("NodeService", "Sites", Guard),
        ("NodeForgetService", "Sites", Guard),
        ("NameService", "Sites", Display + "; " + Guard),
        ("RunService", "Clients", Display),
        ("RunService", "Projects", Display),
        ("RunService", "Nodes", "finds the runs of nodes by their names"),
        ("ChangeService", "Runs", Display),
        ("ChangeRow", "Runs", Display),
        ("AuditService", "Clients", Display),
        ("NotificationTables", "Clients", "the foreign keys of notifications and of what a person has read"),
        ("NotificationTables", "Projects", "the foreign key that ties a notification to its client's project"),
        ("ChannelTables", "Projects", "the foreign key that ties a channel to its client's project"),
        ("NotificationService", "Clients", Display),
        ("NotificationService", "Projects", Display),
        ("ChannelService", "Projects", "finds whose project it is"),
        ("ChannelService", "Clients", "one way to check an e-mail address"),
        ("Delivery", "Clients", "the port that sends letters"),
        ("Delivery", "Projects", "names the project in what is sent"),
        ("CertificateReport", "Sites", "names the site whose certificate failed"),
        ("RunTables", "Projects", "the foreign key that ties a run to its client's project"),
        ("RunServices", "Projects", "collects every secret a run could print"),
        ("RunServices", "Nodes", "collects every secret a run could print"),
        ("AccountService", "Nodes", "a new token must know a server that was ordered with the old one"),
        ("RunServices", "Accounts", "collects every secret a run could print"),
        ("DesiredProject", "Projects", "what is rendered, as one value"),
        ("DesiredNode", "Nodes", "what is rendered, as one value"),
        ("DesiredNode", "NodeTemplates", "what is rendered, as one value"),
        ("DesiredNode", "Sites", "what is rendered, as one value"),
        ("DesiredNode", "Certificates", "what is rendered, as one value"),
        ("DesiredStateReader", "Clients", "reads what is rendered in a constant number of queries"),
        ("DesiredStateReader", "Projects", "reads what is rendered in a constant number of queries"),
        ("DesiredStateReader", "Nodes", "reads what is rendered in a constant number of queries"),
        ("DesiredStateReader", "NodeTemplates", "reads what is rendered in a constant number of queries"),
        ("DesiredStateReader", "Sites", "reads what is rendered in a constant number of queries"),
        ("DesiredStateReader", "Names", "reads what is rendered in a constant number of queries"),
        ("DesiredStateReader", "Certificates", "reads what is rendered in a constant number of queries"),
        ("InventoryRenderer", "Projects", "names hosts and groups"),
        ("InventoryRenderer", "Nodes", "names hosts and groups"),
        ("InventoryRenderer", "NodeTemplates", "names hosts and groups"),
        ("ConvergePlay", "Projects", "keeps the project's last commit"),
        ("ConvergePlay", "Nodes", "pins the host keys of the play"),
        ("MasterWatches", "Projects", "reads what the master's timer shall do"),
        ("MasterWatches", "Nodes", "the nodes its timer looks after"),
        ("MasterWatches", "NodeTemplates", "the content they are played with"),
        ("RunPlaces", "Projects", "opens the keys of the project and of its master"),
        ("RunPlaces", "Nodes", "finds the project's master, which is one of its nodes"),
        ("CertificateVars", "Sites", "a certificate is ordered for the names of its site"),
        ("DnsBroker", "Sites", "a node may answer for the names of its own sites"),
    ];
}
