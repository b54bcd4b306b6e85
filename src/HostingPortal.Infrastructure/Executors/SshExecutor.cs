using System.Globalization;
using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Executors;

internal sealed class SshExecutor(ExecutorConnection connection, ExecutorProgram program, ExecutorSetup setup) : IExecutor
{
    public Task<ExecutorInfo> EnsureReadyAsync(Action<string> line, CancellationToken ct) => setup.EnsureAsync(line, ct);

    public Task PrepareProjectAsync(string projectId, ProjectKeys? keys, CancellationToken ct) => program.CallAsync<AnyAnswer>(
        ["project", projectId], keys is null ? new ProjectInput("", "", "") : new ProjectInput(keys.PrivateKey.Reveal(), keys.VaultPassword.Reveal(), keys.NextKey?.Reveal() ?? ""), ct);

    public async Task<ExecutorRunState> StartAsync(ExecutorRun run, CancellationToken ct)
    {
        var input = new RunInput(
            run.Key,
            run.ProjectId,
            run.Commit,
            run.ContentVersion,
            run.Playbook,
            run.Limit,
            run.Tags,
            run.Check,
            run.KnownHosts,
            run.Variables,
            (int)run.Timeout.TotalSeconds);
        try
        {
            var answer = await program.CallAsync<StartAnswer>(["start", run.Key], input, ct);
            return answer.State switch
            {
                "started" => ExecutorRunState.Started,
                "already" => ExecutorRunState.AlreadyRunning,
                "ended" => ExecutorRunState.AlreadyEnded,
                _ => throw new OutsideException("executor.failed", $"start answered the unknown state '{answer.State}'."),
            };
        }
        catch (OutsideException e) when (e.Code == "executor.unknown")
        {
            setup.Forget();
            throw;
        }
    }

    public async Task<ExecutorRunStatus> GetStatusAsync(string key, CancellationToken ct)
    {
        var answer = await program.CallAsync<StatusAnswer>(["status", key], null, ct);
        return new ExecutorRunStatus(answer.State, answer.ExitCode, answer.Bytes ?? 0);
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(string key, long offset, CancellationToken ct) => RunFollower.ReadAsync(
        connection.Prepare(ExecutorProgram.Words("follow", key, offset.ToString(CultureInfo.InvariantCulture))), ct);

    public Task CancelAsync(string key, CancellationToken ct) => program.CallAsync<StatusAnswer>(["cancel", key], null, ct);

    public Task WatchAsync(string projectId, ExecutorWatch watch, CancellationToken ct) => program.CallAsync<AnyAnswer>(
        ["watch", projectId], new WatchInput(watch.Mode.ToString().ToLowerInvariant(), watch.ContentVersion, watch.Playbook, watch.Limit, watch.KnownHosts), ct);

    public async Task<IReadOnlyList<TimedRun>> ListTimedAsync(CancellationToken ct) => (await program.CallAsync<TimedAnswer>(["timed"], null, ct)).Runs
        .Select(r => new TimedRun(r.Run, r.Project, r.Commit, r.Content, r.Playbook, r.Limit, r.Check, Time(r.Started), Time(r.Ended))).ToList();

    public async Task<ExecutorHealth> GetHealthAsync(CancellationToken ct)
    {
        var found = await program.CallAsync<HealthAnswer>(["health"], null, ct);
        var version = await program.CallAsync<VersionAnswer>(["version"], null, ct);
        return new ExecutorHealth(
            TimeSpan.FromSeconds(found.UptimeSeconds), found.Load, found.Cores, found.MemoryTotal, found.MemoryAvailable, found.DiskTotal, found.DiskFree, found.FailedUnits,
            found.LastTimed is { } last ? Time(last) : null, version.Content);
    }

    /// <param name="milliseconds">Unix time.</param>
    private static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    public Task CleanAsync(string key, CancellationToken ct) => program.CallAsync<AnyAnswer>(["clean", key], null, ct);
}
