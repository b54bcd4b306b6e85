using System.Globalization;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HostingPortal.Web.Components.Runs;

public sealed partial class RunLogView(Texts texts, IJSRuntime script) : ComponentBase
{
    private readonly CancellationTokenSource gone = new();
    private readonly HashSet<int> fetching = [];
    private DotNetObjectReference<RunLogView>? self;
    private IJSObjectReference? module;
    private ElementReference box;
    private RunLogLayout layout = RunLogLayout.Of(new RunLogState());
    private IReadOnlyList<RunLogRow> rows = [];
    private (int From, int To) marked = (0, -1);
    private double scrollTop, viewport = 600, windowTop;
    private double? scrollTo;
    private int currentTask;
    private bool clock;

    [Parameter, EditorRequired] public required RunLogState State { get; set; }

    /// <summary>Reads lines from a number on, at most so many.</summary>
    [Parameter, EditorRequired] public required Func<int, int, CancellationToken, Task<IReadOnlyList<RunLine>>> Fetch { get; set; }

    /// <summary>A line was chosen, by click or by address.</summary>
    [Parameter] public EventCallback<int> OnLine { get; set; }

    [Parameter] public RenderFragment? Tools { get; set; }

    private Texts T => texts;

    /// <summary>Shows a task: opens it, stops following, scrolls there.</summary>
    public void ShowTask(int task)
    {
        State.Follow.Pause(State.LineCount);
        State.Folds.Set(task, open: true);
        currentTask = task;
        Lay();
        scrollTo = layout.TopOfTask(task);
        StateHasChanged();
    }

    public void ShowLine(int from, int to)
    {
        State.Follow.Pause(State.LineCount);
        State.Folds.Set(State.TailFrom <= from ? State.Tasks.Count : State.TaskAt(from), open: true);
        marked = (from, Math.Max(from, to));
        Lay();
        scrollTo = layout.TopOfLine(from) - (viewport / 3);
        StateHasChanged();
    }

    protected override void OnParametersSet() => Lay();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            module = await script.InvokeAsync<IJSObjectReference>("import", gone.Token, "./run-log.js");
            var hash = await module.InvokeAsync<string?>("attach", gone.Token, box, self);
            await OpenFragmentAsync(hash ?? "");
        }

        if (module is not null && (scrollTo is not null || State.Follow.On))
        {
            var place = scrollTo ?? layout.Height;
            scrollTo = null;
            await module.InvokeVoidAsync("scroll", gone.Token, box, Math.Max(0, layout.Scroll(place, viewport)));
        }

        await FetchMissingAsync();
    }

    [JSInvokable]
    public void Scrolled(double top, double height, bool atBottom)
    {
        (scrollTop, viewport) = (top, Math.Max(100, height));
        if (atBottom && State.Follow.PausedAt is not null && !State.Ended)
        {
            State.Follow.Start();
        }

        Lay();
        StateHasChanged();
    }

    [JSInvokable]
    public void ReaderMoved()
    {
        State.Follow.Pause(State.LineCount);
        StateHasChanged();
    }

    [JSInvokable]
    public async Task LineChosen(int number, bool extend)
    {
        State.Follow.Pause(State.LineCount);
        marked = extend && marked.To >= marked.From ? (Math.Min(marked.From, number), Math.Max(marked.To, number)) : (number, number);
        await OnLine.InvokeAsync(number);
        StateHasChanged();
    }

    [JSInvokable]
    public async Task KeyPressed(string key)
    {
        var tasks = State.Tasks;
        switch (key)
        {
            case "j" when currentTask < tasks.Count:
                ShowTask(currentTask + 1);
                break;
            case "k" when currentTask > 1:
                ShowTask(currentTask - 1);
                break;
            case "n" when tasks.FirstOrDefault(t => t.Number > currentTask && State.HasFailed(t.Number)) is { } failed:
                ShowTask(failed.Number);
                break;
            case "o":
                Toggle(currentTask);
                break;
            case "t":
                clock = !clock;
                break;
            case "f" or "End" when !State.Ended:
                await ResumeAsync();
                break;
        }

        StateHasChanged();
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

    private int NewLines => State.Follow.NewLines(State.LineCount);

    private static string Grouped(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Px(double pixels) => pixels.ToString("0.##", CultureInfo.InvariantCulture) + "px";

    private void Lay()
    {
        layout = RunLogLayout.Of(State);
        var place = State.Follow.On ? Math.Max(0, layout.Height - viewport) : layout.Place(scrollTop, viewport);
        rows = layout.Rows(place, viewport);
        windowTop = rows.Count == 0 ? 0 : rows[0].Top - place + layout.Scroll(place, viewport);
    }

    private async Task OpenFragmentAsync(string hash)
    {
        var parts = hash.TrimStart('#').Split('-');
        if (parts[0].StartsWith('L') && int.TryParse(parts[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            ShowLine(line, parts.Length > 1 && int.TryParse(parts[1].TrimStart('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? to : line);
            await OnLine.InvokeAsync(line);
        }
        else if (parts[0].StartsWith('t') && int.TryParse(parts[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var task))
        {
            ShowTask(task);
        }
        else if (!State.Ended)
        {
            State.Follow.Start();
            Lay();
            StateHasChanged();
        }
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

    private void Toggle(int task)
    {
        State.Follow.Pause(State.LineCount);
        State.Folds.Set(task, !RunLogBlocks.IsOpen(State, task));
        Lay();
    }

    private void OpenGroup(int first)
    {
        State.Follow.Pause(State.LineCount);
        State.Folds.OpenGroup(first);
        Lay();
    }

    private async Task ToggleFollowAsync()
    {
        if (State.Follow.On)
        {
            ReaderMoved();
        }
        else
        {
            await ResumeAsync();
        }
    }

    private Task ResumeAsync()
    {
        State.Follow.Start();
        Lay();
        StateHasChanged();
        return Task.CompletedTask;
    }
}
