using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface IServersApi
{
    [Get("/servers")]
    Task<ServerList> ListAsync(
        [Authorize("Bearer")] string token,
        [AliasAs("label_selector")] string labelSelector,
        int page,
        [AliasAs("per_page")] int perPage,
        CancellationToken ct);

    [Get("/servers/{id}")]
    Task<ServerAnswer> GetAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);

    [Post("/servers")]
    Task<ServerCreated> CreateAsync([Authorize("Bearer")] string token, [Body] ServerOrder order, CancellationToken ct);

    [Put("/servers/{id}")]
    Task<ServerAnswer> UpdateAsync([Authorize("Bearer")] string token, long id, [Body] ServerUpdate update, CancellationToken ct);

    [Delete("/servers/{id}")]
    Task<ActionAnswer> DeleteAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);

    [Post("/servers/{id}/actions/attach_to_network")]
    Task<ActionAnswer> AttachAsync([Authorize("Bearer")] string token, long id, [Body] NetworkReference network, CancellationToken ct);

    [Post("/servers/{id}/actions/detach_from_network")]
    Task<ActionAnswer> DetachAsync([Authorize("Bearer")] string token, long id, [Body] NetworkReference network, CancellationToken ct);

    [Post("/servers/{id}/actions/enable_backup")]
    Task<ActionAnswer> EnableBackupAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);

    [Post("/servers/{id}/actions/change_protection")]
    Task<ActionAnswer> ProtectAsync([Authorize("Bearer")] string token, long id, [Body] ServerProtection protection, CancellationToken ct);
}

internal sealed record ServerOrder(
    string Name,
    string ServerType,
    string Location,
    string Image,
    IReadOnlyList<long> SshKeys,
    IReadOnlyList<FirewallReference> Firewalls,
    string UserData,
    IReadOnlyDictionary<string, string> Labels,
    PublicNetOrder PublicNet,
    IReadOnlyList<long> Networks);

internal sealed record FirewallReference(long Firewall);

internal sealed record NetworkReference(long Network);

internal sealed record PublicNetOrder(bool EnableIpv4, bool EnableIpv6);

/// <summary>Hetzner takes both only with the same value.</summary>
internal sealed record ServerProtection(bool Delete, bool Rebuild);

internal sealed record ServerUpdate(IReadOnlyDictionary<string, string> Labels);

internal sealed record ServerList(IReadOnlyList<ServerDto> Servers, Meta? Meta) : IPage<ServerDto>
{
    public IReadOnlyList<ServerDto> Items => Servers;
}

internal sealed record ServerAnswer(ServerDto Server);

/// <summary>The password some images make is not read: keys are always given.</summary>
internal sealed record ServerCreated(ServerDto Server, ActionDto? Action, IReadOnlyList<ActionDto>? NextActions);

/// <param name="BackupWindow">E.g. <c>22-02</c>; null: no backups.</param>
internal sealed record ServerDto(
    long Id,
    string Name,
    string Status,
    PublicNetDto? PublicNet,
    IReadOnlyDictionary<string, string>? Labels,
    IReadOnlyList<PrivateNetDto>? PrivateNet = null,
    string? BackupWindow = null,
    ServerProtection? Protection = null) : ILabelledDto;

/// <param name="Ip">E.g. <c>10.0.0.2</c>.</param>
internal sealed record PrivateNetDto(long Network, string? Ip);

internal sealed record PublicNetDto(AddressDto? Ipv4, AddressDto? Ipv6, IReadOnlyList<AppliedFirewallDto>? Firewalls = null);

/// <param name="Status"><c>applied</c> or <c>pending</c>.</param>
internal sealed record AppliedFirewallDto(long Id, string? Status);

/// <param name="Ip">An IPv4 address, or an IPv6 network such as <c>2001:db8:1::/64</c>.</param>
internal sealed record AddressDto(string? Ip);
