using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Clients;

namespace HostingPortal.Domain.Projects;

/// <summary>One customer system: nodes and what runs on them, with an inventory, an SSH key and a firewall of its own.</summary>
public sealed class Project
{
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public Client? Client { get; init; }

    public required string AccountId { get; init; }

    public HetznerAccount? Account { get; init; }

    /// <summary>Slug, unique per client, e.g. <c>acme-shop</c>.</summary>
    public required string Name { get; set; }

    public required ProjectMode Mode { get; set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Public half of the key that opens its nodes.</summary>
    public required string SshPublicKey { get; set; }

    public required string SshKeySecretId { get; set; }

    /// <summary>The key that takes its place, from the begin of a rotation until every node has it.</summary>
    public string? NextSshPublicKey { get; set; }

    public string? NextSshKeySecretId { get; set; }

    /// <summary>Cold key of a managed project's nodes, for the day their master is lost: it lies on no machine but the Primary, sealed.</summary>
    public string? RecoveryPublicKey { get; set; }

    public string? RecoveryKeySecretId { get; set; }

    /// <summary>A direct project that takes a Project Master as soon as one is there.</summary>
    public bool BecomesManaged => Mode == ProjectMode.Direct && RecoveryPublicKey is not null;

    public required string VaultSecretId { get; set; }

    /// <summary>Hetzner's ids, null until made.</summary>
    public long? CloudFirewallId { get; set; }

    public long? CloudSshKeyId { get; set; }

    /// <summary>Monthly limit in the account's currency, net; null: none.</summary>
    public decimal? MonthlyBudget { get; set; }

    /// <summary>Last commit of the inventory.</summary>
    public string? InventoryCommit { get; set; }
}

public enum ProjectMode
{
    /// <summary>The Primary's executor manages the nodes.</summary>
    Direct,

    /// <summary>A Project Master manages the nodes.</summary>
    Managed,
}
