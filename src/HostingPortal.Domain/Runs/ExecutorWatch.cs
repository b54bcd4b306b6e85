namespace HostingPortal.Domain.Runs;

/// <param name="Limit">Ids of nodes; none ends the watch.</param>
/// <param name="KnownHosts">Lines of a known_hosts file.</param>
public sealed record ExecutorWatch(WatchMode Mode, string ContentVersion, string Playbook, IReadOnlyList<string> Limit, string KnownHosts);

/// <summary>What a Project Master's timer does while the portal is away.</summary>
public enum WatchMode
{
    /// <summary>Compares the nodes with what should be.</summary>
    Check,

    /// <summary>Brings them to it.</summary>
    Converge,

    Off,
}
