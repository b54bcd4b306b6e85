using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface ISshKeysApi
{
    [Get("/ssh_keys")]
    Task<SshKeyList> ListAsync(
        [Authorize("Bearer")] string token,
        [AliasAs("label_selector")] string? labelSelector,
        string? fingerprint,
        CancellationToken ct);

    [Post("/ssh_keys")]
    Task<SshKeyAnswer> CreateAsync([Authorize("Bearer")] string token, [Body] SshKeyOrder order, CancellationToken ct);

    [Delete("/ssh_keys/{id}")]
    Task DeleteAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);
}

internal sealed record SshKeyOrder(string Name, string PublicKey, IReadOnlyDictionary<string, string> Labels);

internal sealed record SshKeyList(IReadOnlyList<SshKeyDto> SshKeys);

internal sealed record SshKeyAnswer(SshKeyDto SshKey);

internal sealed record SshKeyDto(long Id, string Name, IReadOnlyDictionary<string, string>? Labels) : ILabelledDto;
