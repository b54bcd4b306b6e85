using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface INetworksApi
{
    [Get("/networks")]
    Task<NetworkList> ListAsync([Authorize("Bearer")] string token, [AliasAs("label_selector")] string labelSelector, CancellationToken ct);

    [Post("/networks")]
    Task<NetworkAnswer> CreateAsync([Authorize("Bearer")] string token, [Body] NetworkOrder order, CancellationToken ct);

    [Delete("/networks/{id}")]
    Task DeleteAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);
}

internal sealed record NetworkOrder(string Name, string IpRange, IReadOnlyList<SubnetOrder> Subnets, IReadOnlyDictionary<string, string> Labels);

/// <param name="Type"><c>cloud</c>.</param>
internal sealed record SubnetOrder(string Type, string NetworkZone, string IpRange);

internal sealed record NetworkList(IReadOnlyList<NetworkDto> Networks);

internal sealed record NetworkAnswer(NetworkDto Network);

internal sealed record NetworkDto(long Id, string Name, IReadOnlyDictionary<string, string>? Labels) : ILabelledDto;
