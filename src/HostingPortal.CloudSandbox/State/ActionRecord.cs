namespace HostingPortal.CloudSandbox.State;

/// <summary>An asynchronous action as the API shows it.</summary>
internal sealed class ActionRecord
{
    public const string Running = "running";
    public const string Success = "success";
    public const string Failed = "error";

    public required long Id { get; init; }

    public required string Command { get; init; }

    public string Status { get; set; } = Running;

    public int Progress { get; set; }

    public required DateTimeOffset Started { get; init; }

    public DateTimeOffset? Finished { get; set; }

    public required IReadOnlyList<ActionResource> Resources { get; init; }

    public ActionError? Error { get; set; }

    public bool Concerns(string type, long id) => Resources.Any(resource => resource.Type == type && resource.Id == id);
}

internal sealed record ActionResource(long Id, string Type);

internal sealed record ActionError(string Code, string Message);
