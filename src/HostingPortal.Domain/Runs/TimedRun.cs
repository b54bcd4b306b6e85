namespace HostingPortal.Domain.Runs;

/// <summary>A run that the timer started, at the commit that was newest on the master then.</summary>
/// <param name="Limit">Ids of nodes.</param>
public sealed record TimedRun(
    string Key, string ProjectId, string Commit, string ContentVersion, string Playbook, IReadOnlyList<string> Limit, bool Check, DateTime StartedAt, DateTime EndedAt);
