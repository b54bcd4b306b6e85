using System.Globalization;
using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Runs;

public sealed partial class RunPage(RunService runs, RunLogService logs, RunFeed feed, CurrentActor current, NavigationManager navigation, Texts texts) : ComponentBase
{
    private RunLogState state = new();
    private CancellationTokenSource gone = new();
    private RunLogView? log;
    private RunEvent? chosen;
    private Problem? problem;
    private (int Task, string Node)? selected;
    private string announcement = "";
    private long shown;
    private bool staff, technical, showMatrix, interactive;

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required ILogger<RunPage> Log { get; set; }

    [Parameter] public long Number { get; set; }

    [SupplyParameterFromQuery(Name = "show")] private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "node")] private string? Node { get; set; }

    /// <summary>Opens the technical log for clients.</summary>
    [SupplyParameterFromQuery(Name = "log")] private string? Technical { get; set; }

    private Texts T => texts;

    private RunLive Live => new(runs, logs, feed, Time);

    private string TechnicalAddress => navigation.GetUriWithQueryParameter("log", "1");

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Number)
        {
            await OpenAsync();
        }

        state.Raw = Show == "raw";
        state.Filter = new RunLogFilter(Show is "changed" or "failed" ? Show : null, Node);
        technical = Technical is not null;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            interactive = true;
            Follow();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
    }

    private async Task OpenAsync()
    {
        shown = Number;
        await gone.CancelAsync();
        gone.Dispose();
        gone = new CancellationTokenSource();
        (state, chosen, selected, announcement) = (new RunLogState(), null, null, "");
        try
        {
            var actor = await current.GetAsync();
            staff = actor.IsStaff;
            await Live.LoadAsync(state, actor, Number, gone.Token);
        }
        catch (NotFoundException)
        {
            navigation.NotFound();
            return;
        }

        if (state.Results.FirstOrDefault(r => r.Result is TaskResult.Failed or TaskResult.Unreachable) is { } failed)
        {
            await SelectAsync((failed.TaskNumber, failed.NodeId), scroll: false);
        }

        if (interactive)
        {
            Follow();
        }
    }

    private void Follow() => _ = FollowAsync();

    /// <summary>Live from here on; a failure is shown and the log stays as it is.</summary>
    private async Task FollowAsync()
    {
        var token = gone.Token;
        try
        {
            await Live.FollowAsync(state, () => current.GetAsync(token), Number, act => ApplyAsync(act, token), token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The page went away or shows another run.
        }
        catch (NotFoundException)
        {
            await InvokeAsync(navigation.NotFound);
        }
        catch (Exception error)
        {
            problem = Problem.Of(error, texts);
            Log.LogError(error, "Run {RunId} could not be followed, correlation {Correlation}", Number, problem.Correlation);
            await InvokeAsync(StateHasChanged);
        }
    }

    private Task ApplyAsync(Action act, CancellationToken token) => InvokeAsync(() =>
    {
        if (token.IsCancellationRequested)
        {
            return;
        }

        var (failed, ended) = (state.Count("failed"), state.Ended);
        act();
        announcement = state.Ended && !ended ? texts["Run.SaysEnded", ("run", Number)]
            : state.Count("failed") > failed ? texts["Run.SaysFailed", ("count", state.Count("failed"))]
            : announcement;
        if (state.Ended && !ended)
        {
            state.Follow.Stop();
        }

        StateHasChanged();
    });

    private async Task<IReadOnlyList<RunLine>> FetchAsync(int from, int count, CancellationToken ct) =>
        await logs.GetLinesAsync(await current.GetAsync(ct), Number, from, count, ct);

    private Task SelectAsync((int Task, string Node) cell) => SelectAsync(cell, scroll: true);

    private async Task SelectAsync((int Task, string Node) cell, bool scroll)
    {
        selected = cell;
        var result = state.Find(cell.Task, cell.Node);
        chosen = result is null ? null : await logs.GetEventAsync(await current.GetAsync(), Number, result.Seq, gone.Token);
        if (scroll)
        {
            if (result is null)
            {
                log?.ShowTask(cell.Task);
            }
            else
            {
                log?.ShowLine(result.Line, result.Line);
            }
        }
    }

    private async Task ChooseLineAsync(int number)
    {
        var line = state.Lines.Find(number) ?? (await FetchAsync(number, 1, gone.Token) is [var found, ..] ? found : null);
        if (line is { Task: > 0, NodeId: not null })
        {
            selected = (line.Task, line.NodeId);
            chosen = await logs.GetEventAsync(await current.GetAsync(), Number, line.Seq, gone.Token);
        }

        StateHasChanged();
    }

    private string NodeAddress(string nodeId) => navigation.GetUriWithQueryParameters(
        string.Create(CultureInfo.InvariantCulture, $"/runs/{Number}"), new Dictionary<string, object?> { ["show"] = Show, ["node"] = nodeId == Node ? null : nodeId, ["log"] = Technical });
}
