namespace HostingPortal.CloudSandbox.Api;

/// <summary>What a handler answers; a null body is an empty one.</summary>
internal sealed record Reply(int Status, object? Body, string? LinkHeader = null)
{
    public static readonly Reply NoContent = new(204, null);

    public static Reply Ok(object body) => new(200, body);

    public static Reply Created(object body) => new(201, body);
}
