namespace HostingPortal.Domain.Notifications;

/// <param name="Target">E-mail address or <c>https://…</c>.</param>
/// <param name="Language">E.g. <c>en</c>.</param>
public sealed record CreateChannel(ChannelKind Kind, string Target, IReadOnlyList<NotificationKind> Events, string Language = "en");

/// <summary>Null leaves a thing as it is.</summary>
public sealed record ChangeChannel(IReadOnlyList<NotificationKind>? Events = null, bool? Enabled = null);

/// <param name="SigningKey">Of a webhook, as <c>whsec_…</c>; shown once.</param>
public sealed record CreatedChannel(string Id, string? SigningKey);
