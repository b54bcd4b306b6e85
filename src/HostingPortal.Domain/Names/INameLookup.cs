namespace HostingPortal.Domain.Names;

/// <summary>Public DNS as visitors see it.</summary>
public interface INameLookup
{
    /// <summary>TXT strings at the name, parts of one record joined. Empty when there is none.</summary>
    Task<IReadOnlyList<string>> GetTextAsync(string name, CancellationToken ct);

    /// <summary>The CNAME target without trailing dot, or null.</summary>
    Task<string?> GetAliasAsync(string name, CancellationToken ct);

    /// <summary>A and AAAA addresses, CNAMEs followed.</summary>
    Task<IReadOnlyList<string>> GetAddressesAsync(string name, CancellationToken ct);
}
