using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace HostingPortal.Web.Components.Runs;

/// <summary>What the reader does: scrolls, clicks, presses keys.</summary>
public sealed partial class RunLogView
{
    [JSInvokable]
    public void Scrolled(double top, double height, bool atBottom)
    {
        (scrollTop, viewport) = (top, Math.Max(100, height));
        if (atBottom && State.Follow.PausedAt is not null && !State.Ended && scrollTo is null)
        {
            State.Follow.Start();
        }

        Lay();
        StateHasChanged();
    }

    [JSInvokable]
    public void ReaderMoved()
    {
        State.StandStill();
        StateHasChanged();
    }

    /// <summary>A place was clicked, or the address changed.</summary>
    [JSInvokable]
    public async Task PlaceChosen(string fragment)
    {
        State.StandStill();
        switch (RunPlace.Parse(fragment))
        {
            case { From: > 0 } at when layout.TopOfLine(at.From) is { } top && top >= place && top <= place + viewport:
                marked = (at.From, at.To);
                await OnLine.InvokeAsync(at.From);
                break;
            case { } at:
                await ShowAsync(at);
                break;
        }

        StateHasChanged();
    }

    [JSInvokable]
    public void LinkCopied(bool done) => toasts.Add(done ? T["Copy.Done", ("what", T["Run.Link"])] : T["Copy.Refused"], done ? Severity.Success : Severity.Warning);

    [JSInvokable]
    public async Task KeyPressed(string key)
    {
        var tasks = State.Tasks;
        switch (key)
        {
            case "j" when currentTask < tasks.Count:
                await GoToTaskAsync(currentTask + 1);
                break;
            case "k" when currentTask > 1:
                await GoToTaskAsync(currentTask - 1);
                break;
            case "n" when tasks.Skip(currentTask).Concat(tasks).FirstOrDefault(t => State.HasFailed(t.Number)) is { } failed:
                await GoToTaskAsync(failed.Number);
                break;
            case "o":
                Toggle(currentTask);
                break;
            case "t":
                clock = !clock;
                break;
            case "w":
                ToggleWrap();
                break;
            case "f":
                ToggleFollow();
                break;
            case "End":
                Resume();
                break;
            case "Escape" when full || part is not null:
                (full, part) = (false, null);
                break;
            case "Escape":
                await OnEscape.InvokeAsync();
                break;
        }

        StateHasChanged();
    }

    /// <summary>Without a place a run that goes on is followed.</summary>
    private async Task OpenAsync(string? fragment)
    {
        if (RunPlace.Parse(fragment) is { } at)
        {
            await ShowAsync(at);
        }
        else if (!State.Ended)
        {
            State.Follow.Start();
        }

        Lay();
        StateHasChanged();
    }

    private async Task ShowAsync(RunPlace at)
    {
        if (at.From > 0)
        {
            ShowLine(at.From, at.To);
            await OnLine.InvokeAsync(at.From);
        }
        else if (at.Node is { } name && State.Run.Nodes.FirstOrDefault(n => n.Name == name) is { } node)
        {
            await OnCell.InvokeAsync((at.Task, node.NodeId));
        }
        else
        {
            ShowTask(at.Task);
        }
    }

    private async Task GoToTaskAsync(int task)
    {
        ShowTask(task);
        await MarkAsync(new RunPlace(task, null, 0, 0));
    }

    private void Toggle(int task)
    {
        State.StandStill();
        State.Folds.Set(task, !RunLogBlocks.IsOpen(State, task));
        Lay();
    }

    private void OpenGroup(int first)
    {
        State.StandStill();
        State.Folds.OpenGroup(first);
        Lay();
    }

    private void ToggleWrap()
    {
        wrap = !wrap;
        Lay();
    }

    private void ToggleFollow()
    {
        if (State.Follow.On)
        {
            State.StandStill();
        }
        else
        {
            Resume();
        }
    }

    private void Resume()
    {
        if (!State.Ended)
        {
            State.Follow.Start();
            Lay();
        }
    }
}
