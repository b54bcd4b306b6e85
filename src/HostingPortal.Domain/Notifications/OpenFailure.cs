using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Notifications;

/// <summary>A kind of run that failed last time on a node (or, for runs without nodes, in a project): its next success is a recovery.</summary>
public sealed class OpenFailure
{
    public required RunKind RunKind { get; init; }

    /// <summary>Node or project.</summary>
    public required string SubjectId { get; init; }

    public required string ClientId { get; init; }

    public required string ProjectId { get; init; }

    public required long RunId { get; set; }
}
