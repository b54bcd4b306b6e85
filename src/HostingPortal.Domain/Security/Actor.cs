using HostingPortal.Domain.Clients;

namespace HostingPortal.Domain.Security;

/// <summary>Who acts. Services take it first and decide by it alone; pages and endpoints only pass it on.</summary>
/// <param name="UserId">Null for the portal itself.</param>
/// <param name="Clients">The actor's role in each client it belongs to, by client id.</param>
public sealed record Actor(string? UserId, string Name, PortalRole Role, IReadOnlyDictionary<string, ClientRole> Clients)
{
    /// <summary>The portal itself: schedules, reconcilers and run handlers.</summary>
    public static Actor System { get; } = new(null, "HostingPortal", PortalRole.Admin, new Dictionary<string, ClientRole>());

    public bool IsAdmin => Role == PortalRole.Admin;

    public bool IsStaff => Role is PortalRole.Admin or PortalRole.Support;

    public IEnumerable<string> ClientIds => Clients.Keys;

    public bool MayRead(string clientId) => IsStaff || Clients.ContainsKey(clientId);

    /// <summary>Sites, databases, mailboxes: owner and member alike.</summary>
    public bool MayManage(string clientId) => IsAdmin || (Role == PortalRole.Client && Clients.ContainsKey(clientId));

    /// <summary>Delete, buy, invite.</summary>
    public bool MayOwn(string clientId) => IsAdmin || (Role == PortalRole.Client && Clients.GetValueOrDefault(clientId, ClientRole.Member) == ClientRole.Owner && Clients.ContainsKey(clientId));
}
