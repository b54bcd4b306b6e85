namespace HostingPortal.Web.Components.Runs;

/// <summary>What is said to people who listen instead of look: at most one message in five seconds, the newest where several would be due.</summary>
public sealed class RunAnnouncer(TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private DateTimeOffset next = DateTimeOffset.MinValue;
    private string? waiting;

    /// <summary>The text of the live region.</summary>
    public string Said { get; private set; } = "";

    /// <summary>How long until something that waits may be said, or null when nothing waits.</summary>
    public TimeSpan? Due => waiting is null ? null : next > time.GetUtcNow() ? next - time.GetUtcNow() : TimeSpan.Zero;

    public void Say(string text)
    {
        waiting = text;
        Speak();
    }

    /// <summary>Says what waits, if its time has come.</summary>
    public void Speak()
    {
        if (waiting is { } text && time.GetUtcNow() >= next)
        {
            (Said, waiting, next) = (text, null, time.GetUtcNow() + Pause);
        }
    }
}
