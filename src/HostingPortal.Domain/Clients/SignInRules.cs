
namespace HostingPortal.Domain.Clients;

/// <summary>Who must show more than a password. One row.</summary>
public sealed class SignInRules
{
    public const int OnlyRow = 1;

    public int Id { get; init; } = OnlyRow;

    public bool StrongAdmins { get; set; }

    public bool StrongSupport { get; set; }

    public bool StrongClients { get; set; }

    public bool Asks(PortalRole role) => role switch
    {
        PortalRole.Admin => StrongAdmins,
        PortalRole.Support => StrongSupport,
        _ => StrongClients,
    };
}
