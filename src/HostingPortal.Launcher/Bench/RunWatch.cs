using System.Diagnostics;
using System.Text.Json;

namespace HostingPortal.Launcher.Bench;

/// <summary>Seconds from a click to what a follower of the run's event stream sees.</summary>
/// <param name="FirstStep">The portal's own first step line.</param>
/// <param name="FirstEvent">Ansible's first event.</param>
/// <param name="Ended">The run has ended.</param>
internal sealed record RunTimes(double FirstStep, double FirstEvent, double Ended)
{
    /// <exception cref="LaunchException">The run did not succeed, or the stream broke off.</exception>
    public static async Task<RunTimes> FollowAsync(PortalApi api, long runId, Stopwatch click, CancellationToken ct)
    {
        double step = 0, first = 0;
        await foreach (var (kind, data) in api.EventsAsync(runId, ct))
        {
            switch (kind)
            {
                case "step" when step == 0:
                    step = click.Elapsed.TotalSeconds;
                    break;
                case "start" when first == 0:
                    first = click.Elapsed.TotalSeconds;
                    break;
                case "run-ended" when data.GetProperty("state").GetString() == "succeeded":
                    return new RunTimes(step, first, click.Elapsed.TotalSeconds);
                case "run-ended":
                    throw new LaunchException($"Run {runId} ended as {data}.");
            }
        }

        throw new LaunchException($"The event stream of run {runId} broke off.");
    }
}
