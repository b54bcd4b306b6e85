namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>Settings below <c>Hetzner</c>.</summary>
internal sealed class HetznerOptions
{
    public const string Section = "Hetzner";

    /// <summary>Address of the API with its version, without a slash at the end. The cloud sandbox has the same shape.</summary>
    public string Endpoint { get; set; } = "https://api.hetzner.cloud/v1";

    /// <summary>One try of one call.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Tries of one call, the first included, where repeating is safe.</summary>
    public int MaxTries { get; set; } = 6;

    /// <summary>Pause before the second try; it doubles with each further one, up to a minute, with jitter.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause between two looks at running actions; it grows to ten times as much.</summary>
    public TimeSpan PollPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an action may run before waiting for it gives up.</summary>
    public TimeSpan ActionTimeout { get; set; } = TimeSpan.FromMinutes(15);
}
