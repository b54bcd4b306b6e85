using HostingPortal.CloudSandbox.Api.Firewalls;
using HostingPortal.CloudSandbox.Api.Servers;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Actions;

/// <summary>After a restart: brings each machine to what its server's status says and ends the actions that were cut off.</summary>
internal sealed class Resume(
    WorldStore store, SnapshotFile snapshot, ServerMachines servers, FirewallEffects firewalls, IMachineHost host, ILogger<Resume> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var open = store.Locked(world => world.Projects.Values.SelectMany(p => p.Actions).Where(a => a.Status == ActionRecord.Running).ToList());
        var all = store.Locked(world => world.Projects.Values.SelectMany(p => p.Servers.Select(s => (Project: p, Server: s))).ToList());
        await Task.WhenAll(all.Select(pair => TryAsync(pair.Project, pair.Server, open, stoppingToken)));
        store.Change(_ => open.ForEach(action => Finish(action, null)));
        await snapshot.FlushAsync();
    }

    private async Task TryAsync(Project project, Server server, List<ActionRecord> open, CancellationToken ct)
    {
        try
        {
            var wasToStart = open.Exists(a => a.Command == "start_server" && a.Concerns("server", server.Id));
            await ContinueAsync(project, server, wasToStart, ct);
        }
#pragma warning disable CA1031 // One machine that is lost must not keep the others from coming back.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LogError(e, "Server {ServerId} did not come back after the restart", server.Id);
            store.Change(_ =>
            {
                server.Status = ServerStatus.Off;
                open.Where(a => a.Concerns("server", server.Id)).ToList().ForEach(a => Finish(a, new ActionError("action_failed", e.Message)));
            });
        }
    }

    private async Task ContinueAsync(Project project, Server server, bool wasToStart, CancellationToken ct)
    {
        switch (server.Status)
        {
            case ServerStatus.Initializing:
                await servers.CreateAsync(project, server, wasToStart, ct);
                await (wasToStart ? servers.PowerOnAsync(server, ct) : Task.CompletedTask);
                break;
            case ServerStatus.Deleting:
                await servers.DeleteAsync(project, server, ct);
                break;
            case ServerStatus.Rebuilding:
                await servers.RebuildAsync(project, server, ct);
                break;
            case ServerStatus.Stopping:
                await servers.PowerOffAsync(server, ct);
                break;
            case ServerStatus.Off:
                await firewalls.ApplyAsync(project, server, ct);
                break;
            default:
                await BootAsync(project, server, ct);
                break;
        }
    }

    /// <summary>A machine the host no longer knows is made anew.</summary>
    private async Task BootAsync(Project project, Server server, CancellationToken ct)
    {
        if (!host.IsRunning(server.Id))
        {
            try
            {
                await host.PowerOnAsync(server.Id, ct);
            }
#pragma warning disable CA1031 // Hosts say "unknown machine" in their own ways; the second try tells what is really wrong.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                logger.LogWarning(e, "The machine of server {ServerId} is gone and is made anew", server.Id);
                await host.CreateAsync(servers.Spec(project, server), start: true, ct);
            }
        }

        await firewalls.ApplyAsync(project, server, ct);
        store.Change(_ => server.Status = ServerStatus.Running);
    }

    private static void Finish(ActionRecord action, ActionError? error)
    {
        if (action.Status == ActionRecord.Running)
        {
            action.Status = error is null ? ActionRecord.Success : ActionRecord.Failed;
            action.Error = error;
            action.Progress = 100;
            action.Finished = action.Started;
        }
    }
}
