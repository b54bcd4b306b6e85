using HostingPortal.Domain;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Hosting;

/// <summary>A portal that is told to end goes on answering for a while, and says by its health that it should be sent nothing more.</summary>
internal sealed class Drain(IOptions<PortalOptions> options, TimeProvider time) : IHostedLifecycleService
{
    public bool Begun { get; private set; }

    /// <summary>Before anything else of the portal stops.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Begun = true;
        return Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
