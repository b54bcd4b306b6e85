using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface IZonesApi
{
    [Get("/zones")]
    Task<ZoneList> ListAsync([Authorize("Bearer")] string token, int page, [AliasAs("per_page")] int perPage, CancellationToken ct);

    [Get("/zones/{zone}/rrsets/{name}/{type}")]
    Task<RecordSetAnswer> GetRecordSetAsync([Authorize("Bearer")] string token, string zone, string name, string type, CancellationToken ct);

    [Post("/zones/{zone}/rrsets")]
    Task<ActionAnswer> CreateRecordSetAsync([Authorize("Bearer")] string token, string zone, [Body] RecordSetOrder order, CancellationToken ct);

    [Delete("/zones/{zone}/rrsets/{name}/{type}")]
    Task<ActionAnswer> DeleteRecordSetAsync([Authorize("Bearer")] string token, string zone, string name, string type, CancellationToken ct);

    /// <summary>Appends; makes the set when there is none.</summary>
    [Post("/zones/{zone}/rrsets/{name}/{type}/actions/add_records")]
    Task<ActionAnswer> AddRecordsAsync(
        [Authorize("Bearer")] string token, string zone, string name, string type, [Body] RecordsOrder order, CancellationToken ct);

    /// <summary>By value; the set goes with its last record.</summary>
    [Post("/zones/{zone}/rrsets/{name}/{type}/actions/remove_records")]
    Task<ActionAnswer> RemoveRecordsAsync(
        [Authorize("Bearer")] string token, string zone, string name, string type, [Body] RecordsOrder order, CancellationToken ct);

    /// <summary>Replaces the records of an existing set.</summary>
    [Post("/zones/{zone}/rrsets/{name}/{type}/actions/set_records")]
    Task<ActionAnswer> SetRecordsAsync(
        [Authorize("Bearer")] string token, string zone, string name, string type, [Body] RecordsOrder order, CancellationToken ct);
}

internal sealed record ZoneList(IReadOnlyList<ZoneDto> Zones, Meta? Meta) : IPage<ZoneDto>
{
    public IReadOnlyList<ZoneDto> Items => Zones;
}

internal sealed record ZoneDto(long Id, string Name, string? Mode, string? Status);

internal sealed record RecordSetAnswer(RecordSetDto Rrset);

internal sealed record RecordSetDto(string Name, string Type, IReadOnlyList<RecordDto>? Records);

internal sealed record RecordDto(string Value);

internal sealed record RecordSetOrder(string Name, string Type, int? Ttl, IReadOnlyList<RecordDto> Records);

internal sealed record RecordsOrder(IReadOnlyList<RecordDto> Records, int? Ttl = null);
