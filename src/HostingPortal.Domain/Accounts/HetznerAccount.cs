using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Accounts;

/// <summary>One Hetzner project with its API token. Portal projects pick one; several may share one.</summary>
public sealed class HetznerAccount
{
    public const int NameLength = 80;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string TokenId { get; set; }

    public StoredSecret? Token { get; set; }

    /// <summary>Last four characters of the token, to tell two apart.</summary>
    public required string TokenHint { get; set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Last time Hetzner accepted the token.</summary>
    public DateTime? CheckedAt { get; set; }

    /// <summary>Reason code of the last refusal, e.g. <c>hetzner.unauthorized</c>, or null.</summary>
    public string? Problem { get; set; }

    public List<AccountAllotment> Allotments { get; } = [];

    /// <summary>Whether a reason code says that Hetzner does not take the token for what it is needed for.</summary>
    public static bool IsRefusal(string? code) => code is "hetzner.unauthorized" or "hetzner.forbidden" or "hetzner.token_readonly";
}

/// <summary>Lets a client order in an account, up to a monthly budget (net, in the account's currency; null: no limit).</summary>
public sealed class AccountAllotment
{
    public required string AccountId { get; init; }

    public required string ClientId { get; init; }

    public decimal? MonthlyBudget { get; set; }
}
