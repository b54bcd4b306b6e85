using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface IActionsApi
{
    /// <summary>Several ids in one call; the API refuses a call without any.</summary>
    [Get("/actions")]
    Task<ActionList> ListAsync(
        [Authorize("Bearer")] string token,
        [Query(CollectionFormat.Multi)] IEnumerable<long> id,
        [AliasAs("per_page")] int perPage,
        CancellationToken ct);
}

internal sealed record ActionList(IReadOnlyList<ActionDto> Actions);

internal sealed record ActionAnswer(ActionDto? Action, IReadOnlyList<ActionDto>? NextActions, IReadOnlyList<ActionDto>? Actions)
{
    public IReadOnlyList<long> Ids => [.. new[] { Action }.Concat(NextActions ?? []).Concat(Actions ?? []).OfType<ActionDto>().Select(a => a.Id)];
}

/// <param name="Status"><c>running</c>, <c>success</c> or <c>error</c>; a failed action comes with HTTP 200.</param>
internal sealed record ActionDto(long Id, string? Command, string Status, int? Progress, ActionError? Error);

internal sealed record ActionError(string? Code, string? Message);
