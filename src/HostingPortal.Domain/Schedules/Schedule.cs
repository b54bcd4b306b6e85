using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Schedules;

/// <summary>Checks or converges nodes of a project again and again, at times given as a cron expression in a time zone.</summary>
public sealed class Schedule
{
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public required string ProjectId { get; init; }

    /// <summary>Null: every node of the project that has a server.</summary>
    public string? NodeId { get; init; }

    /// <summary><see cref="RunKind.Check"/> or <see cref="RunKind.Converge"/>.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>Five fields, e.g. <c>30 3 * * 1-5</c>.</summary>
    public required string Cron { get; set; }

    /// <summary>IANA name, e.g. <c>Europe/Berlin</c>.</summary>
    public required string Zone { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>Next time, UTC; null when there is none or it is switched off.</summary>
    public DateTime? NextAt { get; set; }

    public DateTime? LastAt { get; set; }

    public long? LastRunId { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <param name="NodeId">Null: every node of the project.</param>
/// <param name="Zone">IANA name; null: UTC.</param>
public sealed record CreateSchedule(string ProjectId, string? NodeId, RunKind Kind, string Cron, string? Zone = null);

/// <summary>Null leaves a thing as it is.</summary>
public sealed record ChangeSchedule(string? Cron = null, string? Zone = null, bool? Enabled = null);

public sealed record ScheduleRow(
    string Id, string ClientId, string ProjectId, string ProjectName, string? NodeId, RunKind Kind, string Cron, string Zone, bool Enabled,
    DateTime? NextAt, DateTime? LastAt, long? LastRunId, string CreatedBy, DateTime CreatedAt, string? NodeName);
