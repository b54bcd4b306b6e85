using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;

namespace HostingPortal.Web.Api;

/// <summary>What happened, and where a project's notifications go.</summary>
internal static class NotificationsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapGet("/", ListAsync);
        notifications.MapPost("/{id:long}/read", async (Caller caller, long id, NotificationService service, CancellationToken ct) =>
        {
            await service.MarkReadAsync(caller.Actor, id, ct);
            return TypedResults.NoContent();
        });
        notifications.MapPost("/read", async (Caller caller, NotificationService service, CancellationToken ct) =>
        {
            await service.MarkAllReadAsync(caller.Actor, ct);
            return TypedResults.NoContent();
        }).WithSummary("Marks everything there is now as read");

        var channels = api.MapGroup("/channels").WithTags("Notifications");
        channels.MapGet("/", async (Caller caller, string projectId, ChannelService service, CancellationToken ct) => await service.ListAsync(caller.Actor, projectId, ct));
        channels.MapGet("/{id}", async (Caller caller, string id, ChannelService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        channels.MapPost("/", CreateAsync).Produces<CreatedChannel>(StatusCodes.Status201Created).WithMetadata(new ShownOnce());
        channels.MapPatch("/{id}", async (Caller caller, string id, ChannelChange body, ChannelService service, CancellationToken ct) =>
        {
            await service.ChangeAsync(caller.Actor, id, new ChangeChannel(body.Events, body.Enabled), ct);
            return await service.GetAsync(caller.Actor, id, ct);
        });
        channels.MapDelete("/{id}", async (Caller caller, string id, ChannelService service, CancellationToken ct) =>
        {
            await service.RemoveAsync(caller.Actor, id, ct);
            return TypedResults.NoContent();
        });
        channels.MapPost("/{id}/test", async (Caller caller, string id, ChannelService service, CancellationToken ct) =>
        {
            await service.SendTestAsync(caller.Actor, id, ct);
            return TypedResults.NoContent();
        }).WithSummary("Sends a test; its result stands at the channel a moment later");
    }

    private static async Task<ApiPage<NotificationRow>> ListAsync(
        Caller caller, string? projectId, bool? unread, [AsParameters] ApiList list, NotificationService service, CancellationToken ct)
    {
        var query = list.ToQuery();
        return (await service.ListAsync(caller.Actor, new NotificationFilter(projectId, unread ?? false), query, ct)).ToApi(query);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewChannel body, ChannelService service, CancellationToken ct)
    {
        var kind = body.Kind ?? throw new RuleViolationException("Text.Missing", nameof(body.Kind));
        var created = await service.CreateAsync(caller.Actor, body.ProjectId ?? "", new CreateChannel(kind, body.Target ?? "", body.Events ?? [], body.Language ?? "en"), ct);
        return TypedResults.Created($"{ApiSetup.Root}/channels/{created.Id}", created);
    }

    /// <param name="Target">E-mail address or <c>https://…</c>; of a webhook only the host is shown afterwards.</param>
    /// <param name="Language">Of its sentences: <c>en</c> or <c>de</c>.</param>
    internal sealed record NewChannel(string? ProjectId, ChannelKind? Kind, string? Target, IReadOnlyList<NotificationKind>? Events, string? Language);

    /// <summary>What is left out stays.</summary>
    internal sealed record ChannelChange(IReadOnlyList<NotificationKind>? Events, bool? Enabled);
}
