using HostingPortal.Domain.Clients;

namespace HostingPortal.Domain.Security;

/// <summary>Who acts. Services take it first and decide by it alone; pages and endpoints only pass it on.</summary>
/// <param name="UserId">Null for the portal itself.</param>
/// <param name="Clients">The actor's role in each client it belongs to, by client id.</param>
public sealed record Actor(string? UserId, string Name, PortalRole Role, IReadOnlyDictionary<string, ClientRole> Clients)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The portal itself: schedules, reconcilers and run handlers.</summary>
    public static Actor System { get; } = new(null, "HostingPortal", PortalRole.Admin, new Dictionary<string, ClientRole>());

    /// <summary>True for an API token that may only read.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>Why, by client id, for each of the actor's clients that is suspended.</summary>
    public IReadOnlyDictionary<string, string> Suspended { get; init; } = Nothing;

    /// <summary>Set while an admin acts as a client: the actor then has the rights of that client's owner and no others.</summary>
    public ActingFor? ActingFor { get; init; }

    public bool IsAdmin => Role == PortalRole.Admin;

    public bool IsStaff => Role is PortalRole.Admin or PortalRole.Support;

    public IEnumerable<string> ClientIds => Clients.Keys;

    public bool MayRead(string clientId) => IsStaff || Clients.ContainsKey(clientId);

    /// <summary>Sites, databases, mailboxes: owner and member alike.</summary>
    public bool MayManage(string clientId) => !ReadsOnly && (IsAdmin || (RoleIn(clientId) is ClientRole.Owner or ClientRole.Member && !Suspended.ContainsKey(clientId)));

    /// <summary>Delete, buy, invite.</summary>
    public bool MayOwn(string clientId) => !ReadsOnly && (IsAdmin || (RoleIn(clientId) == ClientRole.Owner && !Suspended.ContainsKey(clientId)));

    /// <summary>Cancel and repeat runs: staff, and who manages the client.</summary>
    public bool MayOperate(string clientId) => !ReadsOnly && (IsStaff || MayManage(clientId));

    /// <summary>Whether there is anything at all the actor could begin.</summary>
    public bool MayManageAny => (IsAdmin && !ReadsOnly) || ClientIds.Any(MayManage);

    private ClientRole? RoleIn(string clientId) => Role == PortalRole.Client && Clients.TryGetValue(clientId, out var role) ? role : null;
}

/// <param name="ClientName">What people call the client; stands beside the admin's name in every audit line.</param>
public sealed record ActingFor(string ClientId, string ClientName);
