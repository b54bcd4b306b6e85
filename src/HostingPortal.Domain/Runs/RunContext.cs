using System.Runtime.CompilerServices;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>A run in the hands of its handler: steps, log, and the play on the executor.</summary>
public sealed class RunContext
{
    private const int MostTries = 30;

    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly RunLog log;
    private readonly TimeProvider time;
    private readonly Dictionary<string, int> steps = [];

    internal RunContext(IDbContextFactory<PortalDbContext> contexts, RunLog log, Run run, TimeProvider time, CancellationToken stopping, CancellationToken canceled)
    {
        Stopping = stopping;
        Canceled = canceled;
        this.contexts = contexts;
        this.log = log;
        this.time = time;
        Run = run;
    }

    /// <summary>The row as it was claimed; node rows included.</summary>
    public Run Run { get; }

    /// <summary>This instance shuts down; the run goes on elsewhere.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>A person canceled the run.</summary>
    public CancellationToken Canceled { get; }

    internal RunLog Log => log;

    /// <summary>What the log holds already; a handler that takes a run over learns from it what happened before.</summary>
    internal async IAsyncEnumerable<RunEvent> StoredEventsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await foreach (var chunk in db.RunLogChunks.AsNoTracking().Where(c => c.RunId == Run.Id).OrderBy(c => c.SeqFrom).AsAsyncEnumerable().WithCancellation(ct))
        {
            foreach (var text in RunLog.Unpack(chunk.Data))
            {
                yield return RunEvent.Parse(text);
            }
        }
    }

    public Task LineAsync(string text, CancellationToken ct) => log.LineAsync(text, ct);

    /// <summary>
    /// Repeats a call that fails for a passing reason (executor restarting, Hetzner busy) for about two minutes; the call must be safe to repeat. The log says
    /// once for each reason why the run waits.
    /// </summary>
    public async Task<T> PatientlyAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        string? told = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (OutsideException error) when (error.Transient && attempt < MostTries)
            {
                if (told != error.Code)
                {
                    await LineAsync($"{error.Code}, trying again: {error.Detail}", ct);
                    told = error.Code;
                }

                await Task.Delay(TimeSpan.FromSeconds(Math.Min(attempt, 5)), time, ct);
            }
        }
    }

    public Task PatientlyAsync(Func<Task> call, CancellationToken ct) => PatientlyAsync(
        async () =>
        {
            await call();
            return true;
        },
        ct);

    /// <summary>
    /// Runs a step and records how long it took. A step must be safe to run twice: after a crash it runs again. What it throws ends the step as failed.
    /// </summary>
    public async Task StepAsync(string name, Func<Task> act, CancellationToken ct)
    {
        var number = await BeginAsync(name, ct);
        try
        {
            await act();
        }
        catch (Exception error) when (error is not LostLeaseException)
        {
            var reason = (error as OutsideException)?.Code ?? (error is OperationCanceledException ? "canceled" : "internal");
            var detail = error is OutsideException outside ? outside.Detail : error.GetType().Name;
            await EndAsync(number, name, StepState.Failed, reason, detail, CancellationToken.None);
            throw;
        }

        // What was done stays recorded as done when the run is canceled meanwhile.
        await EndAsync(number, name, StepState.Done, null, null, Stopping);
    }

    public async Task<T> StepAsync<T>(string name, Func<Task<T>> act, CancellationToken ct)
    {
        T result = default!;
        await StepAsync(name, async () => { result = await act(); }, ct);
        return result;
    }

    /// <summary>Changes the run's own row and those of its nodes, if this owner still holds it.</summary>
    public async Task UpdateAsync(Action<Run> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var row = await LockAsync(db, ct);
        await db.Entry(row).Collection(r => r.Nodes).LoadAsync(ct);
        change(row);
        change(Run);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Changes other rows in one transaction, if this owner still holds the run.</summary>
    public async Task ChangeAsync(Func<PortalDbContext, Task> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        await LockAsync(db, ct);
        await change(db);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The run's row, locked; an owner whose epoch is over finds none.</summary>
    private async Task<Run> LockAsync(PortalDbContext db, CancellationToken ct) =>
        (await db.Runs.FromSql($"SELECT * FROM runs WHERE Id = {Run.Id} AND Epoch = {Run.Epoch} FOR UPDATE").ToListAsync(ct)).FirstOrDefault()
            ?? throw new LostLeaseException(Run.Id);

    /// <summary>The step's number: the same as before when another owner began it already.</summary>
    private async Task<int> BeginAsync(string name, CancellationToken ct)
    {
        steps[name] = steps.GetValueOrDefault(name) + 1;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        await LockAsync(db, ct);
        var known = await db.RunSteps.Where(s => s.RunId == Run.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var step = known.Where(s => s.Name == name).ElementAtOrDefault(steps[name] - 1);
        if (step is null)
        {
            step = new RunStep { RunId = Run.Id, Number = known.Count + 1, Name = name, State = StepState.Running, StartedAt = time.GetUtcNow().UtcDateTime };
            db.RunSteps.Add(step);
        }
        else
        {
            (step.State, step.EndedAt, step.Reason, step.Detail) = (StepState.Running, null, null, null);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await log.OwnAsync("step", new { name, st = "running" }, ct);
        return step.Number;
    }

    private async Task EndAsync(int number, string name, StepState state, string? reason, string? detail, CancellationToken ct)
    {
        detail = log.Clean(detail);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        await LockAsync(db, ct);
        await db.RunSteps.Where(s => s.RunId == Run.Id && s.Number == number).ExecuteUpdateAsync(
            s => s.SetProperty(x => x.State, state).SetProperty(x => x.EndedAt, time.GetUtcNow().UtcDateTime)
                .SetProperty(x => x.Reason, Run.Cut(reason, Run.ReasonLength)).SetProperty(x => x.Detail, Run.Cut(detail, Run.DetailLength)), ct);
        await transaction.CommitAsync(ct);
        await log.OwnAsync("step", new { name, st = state == StepState.Done ? "done" : "failed", msg = detail is null ? reason : $"{reason} {detail}" }, ct);
    }
}
