namespace HostingPortal.Domain.Security;

/// <summary>One request that must not be done twice: known by who asked and the key that came with it.</summary>
public sealed class RequestKey
{
    public const int KeyLength = 128;

    public required string UserId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, address and body.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it began; while it is worked on, when its portal was last there.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Status of the answer; null while the request is being worked on.</summary>
    public int? Status { get; set; }

    public string? Location { get; set; }

    /// <summary>The answer's JSON; null for answers that hold a secret.</summary>
    public string? Body { get; set; }
}
