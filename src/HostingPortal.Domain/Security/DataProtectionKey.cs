namespace HostingPortal.Domain.Security;

/// <summary>One sealed element of the ring that protects cookies and anti-forgery tokens.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }

    public required string Name { get; init; }

    public required StoredSecret Xml { get; init; }
}
