namespace HostingPortal.Domain.Security;

/// <summary>Who must show more than a password. One row.</summary>
public sealed class SignInRules
{
    public const int OnlyRow = 1;

    public int Id { get; init; } = OnlyRow;

    public bool StrongAdmins { get; set; }

    public bool StrongSupport { get; set; }

    public bool StrongClients { get; set; }
}
