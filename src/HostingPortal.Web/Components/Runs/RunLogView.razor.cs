using System.Globalization;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace HostingPortal.Web.Components.Runs;

public sealed partial class RunLogView(Texts texts, IJSRuntime script, ISnackbar toasts) : ComponentBase
{
    private const int MostMarksInRail = 200;
    private readonly CancellationTokenSource gone = new();
    private readonly HashSet<int> fetching = [];
    private DotNetObjectReference<RunLogView>? self;
    private IJSObjectReference? module;
    private ElementReference box;
    private RunLogLayout layout = RunLogLayout.Of(new RunLogState());
    private IReadOnlyList<RunLogRow> rows = [];
    private (int From, int To) marked = (0, -1);
    private double scrollTop, viewport = 600, windowTop, place;
    private double? scrollTo;
    private int currentTask, above;
    private bool clock, wrap, full;
    private string? part;

    [Parameter, EditorRequired] public required RunLogState State { get; set; }

    /// <summary>Reads lines from a number on, at most so many.</summary>
    [Parameter, EditorRequired] public required Func<int, int, CancellationToken, Task<IReadOnlyList<RunLine>>> Fetch { get; set; }

    [Parameter] public RunSearchState Search { get; set; } = new();

    /// <summary>A line was chosen, by click or by address.</summary>
    [Parameter] public EventCallback<int> OnLine { get; set; }

    /// <summary>A task on a node was named in the address.</summary>
    [Parameter] public EventCallback<(int Task, string Node)> OnCell { get; set; }

    /// <summary>The difference behind a line is wanted.</summary>
    [Parameter] public EventCallback<int> OnDiff { get; set; }

    /// <summary>Escape with nothing of the log left to close.</summary>
    [Parameter] public EventCallback OnEscape { get; set; }

    [Parameter] public RenderFragment? Tools { get; set; }

    private Texts T => texts;

    private bool AtEnd => State.Follow.On || place + viewport >= layout.Height - 1;

    private int NewLines => State.Follow.NewLines(State.LineCount);

    /// <summary>Shows a task: opens it, stops following, scrolls there.</summary>
    public void ShowTask(int task)
    {
        State.StandStill();
        State.Folds.Set(task, open: true);
        currentTask = task;
        Lay();
        scrollTo = layout.TopOfTask(task);
        StateHasChanged();
    }

    /// <summary>Marks lines and scrolls to the first. False when the filter hides it.</summary>
    public bool ShowLine(int from, int to)
    {
        State.StandStill();
        State.Folds.Set(State.TailFrom <= from ? State.Tasks.Count : State.TaskAt(from), open: true);
        marked = (from, Math.Max(from, to));
        Lay();
        scrollTo = layout.TopOfLine(from) - (viewport / 3);
        StateHasChanged();
        return scrollTo is not null;
    }

    /// <summary>Puts a place into the address.</summary>
    public async Task MarkAsync(RunPlace at)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("place", gone.Token, at.ToString());
        }
    }

    protected override void OnParametersSet() => Lay();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            module = await script.InvokeAsync<IJSObjectReference>("import", gone.Token, "./run-log.js");
            var start = await module.InvokeAsync<Attached?>("attach", gone.Token, box, self);
            wrap = start?.Narrow == true;
            await OpenAsync(start?.Hash);
        }

        if (module is not null && scrollTo is { } top)
        {
            scrollTo = null;
            await module.InvokeVoidAsync("scroll", gone.Token, box, Math.Max(0, layout.Scroll(top, viewport)));
        }

        await FetchMissingAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        try
        {
            if (module is not null)
            {
                await module.InvokeVoidAsync("detach", box);
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone; there is nothing to take off.
        }

        self?.Dispose();
        gone.Dispose();
    }

    private static string Pressed(bool on) => on ? "true" : "false";

    private static string Grouped(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Px(double pixels) => pixels.ToString("0.##", CultureInfo.InvariantCulture) + "px";

    /// <summary>
    /// Rows around the reader. Wrapped rows are higher than the layout thinks: those before the first visible one hang above it, and at the end all stand on the
    /// bottom, so that what is read stays where it is and the last line can be reached.
    /// </summary>
    private void Lay()
    {
        layout = RunLogLayout.Of(State);
        place = State.Follow.On ? Math.Max(0, layout.Height - viewport) : scrollTo ?? layout.Place(scrollTop, viewport);
        rows = layout.Rows(place, viewport, State.Follow.On);
        above = wrap && !AtEnd ? rows.TakeWhile(r => r.Top < place).Count() : 0;
        above = above == rows.Count ? 0 : above;
        windowTop = rows.Count == 0 ? 0 : rows[above].Top - place + layout.Scroll(place, viewport);
    }

    private async Task FetchMissingAsync()
    {
        var missing = rows.Where(r => r.Kind == RunRowKind.Line && State.Lines.Find(r.Line) is null).Select(r => RunLineCache.Page(r.Line)).Distinct().Where(fetching.Add).ToList();
        foreach (var page in missing)
        {
            try
            {
                State.Lines.Add(await Fetch((page * RunLineCache.PageSize) + 1, RunLineCache.PageSize, gone.Token));
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                fetching.Remove(page);
            }

            StateHasChanged();
        }
    }

    /// <summary>Places of hits as percents of the height, each once.</summary>
    private IEnumerable<string> Shares()
    {
        var step = Math.Max(1, Search.Hits.Count / (MostMarksInRail * 10));
        return Search.Hits.Where((_, i) => i % step == 0).Select(h => layout.ShareOf(h, State.TaskAt(h))).OfType<double>()
            .Select(s => Math.Round(s * MostMarksInRail) * 100 / MostMarksInRail).Distinct().Select(s => s.ToString("0.#", CultureInfo.InvariantCulture));
    }

    private sealed record Attached(string? Hash, bool Narrow);
}
