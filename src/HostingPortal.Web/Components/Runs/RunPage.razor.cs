using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Runs;

public sealed partial class RunPage(RunService runs, RunLogService logs, RunFeed feed, CurrentActor current, NavigationManager navigation, Texts texts) : ComponentBase
{
    /// <summary>Results of a run whose page begins with what was first drawn; more are read again rather than kept.</summary>
    private const int MostKept = 2_000;

    private RunLogState state = new();
    private CancellationTokenSource gone = new();
    private RunAnnouncer announcer = new(TimeProvider.System);
    private RunLogView? log;
    private Problem? problem;
    private long shown;
    private bool staff, technical, showMatrix, interactive;

    [Inject] public required TimeProvider Time { get; set; }

    [Inject] public required ILogger<RunPage> Log { get; set; }

    [Inject] public required Handover Handover { get; set; }

    [Inject] public required RunSearchService Searches { get; set; }

    [Parameter] public long Number { get; set; }

    [SupplyParameterFromQuery(Name = "show")] private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "node")] private string? Node { get; set; }

    [SupplyParameterFromQuery(Name = "tab")] private string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Query { get; set; }

    /// <summary>The query is a regular expression.</summary>
    [SupplyParameterFromQuery(Name = "regex")] private string? Pattern { get; set; }

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
        StartSearch();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            interactive = true;
            _ = FollowAsync();
            StartSearch();
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
        (state, search, chosen, last, selected, announcer) = (new RunLogState(), new RunSearchState(), null, null, null, new RunAnnouncer(Time));
        try
        {
            var actor = await current.GetAsync();
            staff = actor.IsStaff;
            if (RendererInfo.IsInteractive && Handover.TryTake<Opened>($"run {Number}", out var opened))
            {
                (state, chosen, last, selected) = opened;
            }
            else
            {
                await LoadAsync(actor);
            }
        }
        catch (NotFoundException)
        {
            navigation.NotFound();
            return;
        }

        if (interactive)
        {
            _ = FollowAsync();
        }
    }

    private async Task LoadAsync(Actor actor)
    {
        await Live.LoadAsync(state, actor, Number, gone.Token);
        if (state.Results.All.FirstOrDefault(r => r.Result is TaskResult.Failed or TaskResult.Unreachable) is { } failed)
        {
            await ChooseAsync(failed.TaskNumber, failed.NodeId, failed.Seq);
        }

        if (!RendererInfo.IsInteractive && !state.Results.All.Skip(MostKept).Any())
        {
            Handover.Keep($"run {Number}", new Opened(state, chosen, last, selected));
        }
    }

    /// <summary>Live from here on; a failure is shown and the log stays as it is.</summary>
    private async Task FollowAsync()
    {
        var token = gone.Token;
        try
        {
            await Live.FollowAsync(state, () => current.GetAsync(token), Number, act => ApplyAsync(act, token), token);
            while (announcer.Due is { } due)
            {
                await Task.Delay(due, Time, token);
                await ApplyAsync(announcer.Speak, token);
            }
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

        var (failed, ended, started) = (state.Count("failed"), state.Ended, state.Detail?.Run.StartedAt);
        act();
        if (state.Ended && !ended)
        {
            announcer.Say(texts["Run.SaysEnded", ("run", Number)]);
            state.Finish();
        }
        else if (state.Count("failed") > failed)
        {
            announcer.Say(texts.Plural("Run.SaysFailed", state.Count("failed")));
        }
        else if (started is null && state.Detail?.Run.StartedAt is not null)
        {
            announcer.Say(texts["Run.SaysStarted", ("run", Number)]);
        }

        announcer.Speak();
        GoOnSearching();
        StateHasChanged();
    });

    private async Task<IReadOnlyList<RunLine>> FetchAsync(int from, int count, CancellationToken ct) =>
        await logs.GetLinesAsync(await current.GetAsync(ct), Number, from, count, ct);

    /// <summary>What the page begins with.</summary>
    private sealed record Opened(RunLogState State, RunEvent? Chosen, RunLastTime? Last, (int Task, string Node)? Selected);
}
