using System.Collections.Concurrent;
using System.Globalization;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Runs;

/// <summary>Takes runs in line, works on them through the handler of their kind, and takes over those whose owner died.</summary>
internal sealed class RunDispatcher(RunClaims claims, RunQueue queue, RunWorker worker, IOptions<PortalOptions> options, ILogger<RunDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<long, Task> working = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (working.Count < options.Value.MaxRuns && await claims.ClaimAsync(stoppingToken) is { } run)
                {
                    working[run.Id] = Task.Run(() => WorkAsync(run, stoppingToken), CancellationToken.None);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "Runs could not be claimed; trying again.");
            }

            await WaitAsync(stoppingToken);
        }

        await Task.WhenAll(working.Values);
    }

    /// <summary>Every line that is logged on the way carries the ids.</summary>
    private async Task WorkAsync(Run run, CancellationToken stopping)
    {
        RunWork.Begin();
        using var ids = logger.BeginScope(new Dictionary<string, object>
        {
            ["RunId"] = run.Id, ["ClientId"] = run.ClientId, ["ProjectId"] = run.ProjectId, ["NodeIds"] = run.Nodes.Select(n => n.NodeId).ToArray(),
        });
        try
        {
            await worker.WorkAsync(run, stopping);
        }
        catch (Exception error)
        {
            logger.LogError(error, "Run {RunId} was left for another owner.", run.Id);
        }
        finally
        {
            working.TryRemove(run.Id, out _);
            queue.WakeUp();
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        pause.CancelAfter(Poll);
        try
        {
            await queue.Wake.ReadAsync(pause.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look anyway, or to stop.
        }
    }
}

/// <summary>One claimed run from here to its end: lease, handler, outcome.</summary>
internal sealed class RunWorker(
    IDbContextFactory<PortalDbContext> contexts, RunClaims claims, RunServices services, IServiceScopeFactory scopes, TimeProvider time, ILogger<RunWorker> logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>A run that brings down whoever takes it must not be handed on forever.</summary>
    private const int MostOwners = 200;

    /// <summary>ENOSPC, as .NET says it on Linux.</summary>
    private const int NoSpaceLeft = 28;

    public async Task WorkAsync(Run run, CancellationToken stopping)
    {
        services.Publish(run);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var canceled = new CancellationTokenSource();
        await using var log = new RunLog(contexts, services.Feed, run, new Redactor([]), time) { Secrets = token => services.SecretsAsync(run, token) };
        await log.LearnAsync(stopping);
        var context = new RunContext(contexts, log, run, time, lost.Token, canceled.Token);
        var beating = BeatAsync(run, log, canceled, lost);
        RunOutcome? outcome = null;
        try
        {
            outcome = await HandleAsync(context, lost.Token);
        }
        finally
        {
            await lost.CancelAsync();
            await beating;
        }

        if (outcome is null)
        {
            await claims.ReleaseAsync(run, CancellationToken.None);
            return;
        }

        outcome = outcome with { Detail = log.Clean(outcome.Detail) };
        log.State = outcome.State;
        if (outcome.Reason is not null)
        {
            await log.LineAsync($"{outcome.Reason} {outcome.Detail}".TrimEnd(), CancellationToken.None);
        }

        await services.EndingAsync(run, outcome, CancellationToken.None);
        await claims.EndAsync(run, outcome, CancellationToken.None);
        run.State = outcome.State;
        services.Publish(run);
        logger.LogInformation("Run {RunId} ended {State} {Reason}.", run.Id, outcome.State, outcome.Reason);
    }

    /// <summary>A full disk here is no end of what goes on at the executor: as with a database that is away, the run goes on once its lease is over.</summary>
    private static bool WaitsForRoom(Exception error, Run run) => IsDiskFull(error) && run.Epoch < MostOwners;

    private static bool IsDiskFull(Exception error) => error is IOException { HResult: NoSpaceLeft };

    /// <summary>The outcome, or null when the run has to go on elsewhere.</summary>
    private async Task<RunOutcome?> HandleAsync(RunContext context, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetServices<IRunHandler>().FirstOrDefault(h => h.Kind == context.Run.Kind);
        if (handler is null)
        {
            return new RunOutcome(RunState.Failed, "run.no-handler", context.Run.Kind.ToString());
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.Canceled);
        try
        {
            return context.Run.Epoch > MostOwners
                ? new RunOutcome(RunState.Failed, "run.too-many-owners", context.Run.Epoch.ToString(CultureInfo.InvariantCulture))
                : await handler.ExecuteAsync(context, both.Token);
        }
        catch (LostLeaseException)
        {
            return null;
        }
        catch (Exception error) when (stopping.IsCancellationRequested)
        {
            // What fails while this instance stops says nothing of the run.
            logger.LogInformation("Run {RunId} goes on elsewhere: {Error}.", context.Run.Id, error.GetType().Name);
            return null;
        }
        catch (OperationCanceledException) when (context.Canceled.IsCancellationRequested)
        {
            return new RunOutcome(RunState.Canceled, "run.canceled");
        }
        catch (OutsideException error)
        {
            return new RunOutcome(error.Code == "node.unreachable" ? RunState.Unreachable : RunState.Failed, error.Code, error.Detail);
        }
        catch (Exception error) when (!DatabaseFault.IsCauseOf(error) && !WaitsForRoom(error, context.Run))
        {
            logger.LogError(error, "Run {RunId} failed inside the portal.", context.Run.Id);
            return new RunOutcome(RunState.Failed, IsDiskFull(error) ? "run.disk-full" : "run.internal", error.GetType().Name);
        }
    }

    private async Task BeatAsync(Run run, RunLog log, CancellationTokenSource canceled, CancellationTokenSource lost)
    {
        while (!lost.IsCancellationRequested)
        {
            try
            {
                switch (await claims.BeatAsync(run, lost.Token))
                {
                    case null:
                        await lost.CancelAsync();
                        break;
                    case true when !canceled.IsCancellationRequested:
                        log.State = RunState.Canceling;
                        await log.LineAsync("cancel asked", lost.Token);
                        await canceled.CancelAsync();
                        break;
                }

                await Task.Delay(Beat, time, lost.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogWarning(error, "The lease of run {RunId} could not be renewed; trying again.", run.Id);
                await Task.Delay(Beat, time, CancellationToken.None);
            }
        }
    }
}
