namespace HostingPortal.Domain.Notifications;

/// <param name="Url">Whole address, with what it may hold of credentials.</param>
/// <param name="Key">32 bytes, base64; signs every delivery.</param>
internal sealed record WebhookSecret(string Url, string Key);
