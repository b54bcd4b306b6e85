namespace HostingPortal.Web.Components.Runs;

/// <summary>Whether the view stays at the newest line. The reader's moves pause it; the end of a run never moves anything.</summary>
public sealed class RunFollow
{
    public bool On { get; private set; }

    /// <summary>Last line that existed when the reader paused, or null while following or never started.</summary>
    public int? PausedAt { get; private set; }

    public void Start() => (On, PausedAt) = (true, null);

    public void Pause(int lineCount)
    {
        if (On)
        {
            (On, PausedAt) = (false, lineCount);
        }
    }

    /// <summary>Stops without offering to resume: nothing comes any more.</summary>
    public void Stop() => (On, PausedAt) = (false, null);

    public int NewLines(int lineCount) => PausedAt is { } at ? Math.Max(0, lineCount - at) : 0;
}
