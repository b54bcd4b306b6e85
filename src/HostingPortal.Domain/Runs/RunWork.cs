namespace HostingPortal.Domain.Runs;

/// <summary>Whether the current flow of calls works on a run: what it asks of others may wait behind what a person asks.</summary>
public static class RunWork
{
    private static readonly AsyncLocal<bool> Working = new();

    public static bool IsCurrent => Working.Value;

    /// <summary>For the rest of the calling async method and what it calls.</summary>
    public static void Begin() => Working.Value = true;
}
