using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace HostingPortal.Web.Components.Runs;

public sealed partial class HostTaskMatrix(Texts texts, IJSRuntime script) : ComponentBase
{
    private static readonly RunMark[] Legend = [RunMark.Ok, RunMark.Changed, RunMark.Skipped, RunMark.Failed, RunMark.Running, RunMark.NotRun];
    private static readonly TaskResult[] Counted = [TaskResult.Ok, TaskResult.Changed, TaskResult.Skipped, TaskResult.Failed];
    private readonly HashSet<string> openRoles = [];
    private readonly HashSet<int> groupStarts = [];
    private RunMatrixLayout layout = null!;
    private (int Node, int Column) stop;
    private (RunLogState State, int Version, (int, string)? Selected)? drawn;

    [Parameter, EditorRequired] public required RunLogState State { get; set; }

    /// <summary>Of the state: while it stays the same, nothing is drawn again. Null draws always.</summary>
    [Parameter] public int? Version { get; set; }

    /// <summary>The chosen cell, or null.</summary>
    [Parameter] public (int Task, string Node)? Selected { get; set; }

    [Parameter] public EventCallback<(int Task, string Node)> OnSelect { get; set; }

    /// <summary>Address of this page with only one node shown.</summary>
    [Parameter, EditorRequired] public required Func<string, string> NodeFilter { get; set; }

    private Texts T => texts;

    protected override void OnParametersSet()
    {
        if (Version is { } version && drawn == (State, version, Selected))
        {
            return;
        }

        Lay();
    }

    /// <summary>Lines come ten times a second; a cell changes far less often.</summary>
    protected override bool ShouldRender()
    {
        var now = (State, Version ?? 0, Selected);
        var same = Version is not null && drawn == now;
        drawn = now;
        return !same;
    }

    private void Lay()
    {
        layout = RunMatrixLayout.Of(State, openRoles);
        groupStarts.Clear();
        groupStarts.UnionWith(layout.Groups.Select(g => g.From));
    }

    private void OpenRole(MatrixGroup group)
    {
        if (!openRoles.Remove(group.Role))
        {
            openRoles.Add(group.Role);
        }

        Redraw();
    }

    private void Redraw()
    {
        Lay();
        drawn = null;
    }

    private RunMark Mark(RunNodeRow node, MatrixColumn column) => State.MarkOf(RunMatrixLayout.WorstTask(State, node, column), node.NodeId);

    private string Label(RunNodeRow node, MatrixColumn column) => texts["Matrix.Cell",
        ("node", node.Name),
        ("task", column.First <= State.Tasks.Count ? State.Tasks[column.First - 1].Name : texts["Matrix.Ahead"]),
        ("state", texts["Mark." + Mark(node, column)])];

    private string Look(RunNodeRow node, MatrixColumn column) =>
        (groupStarts.Contains(column.First) ? "first " : "")
        + (!State.Ended && column.Last == State.Tasks.Count ? "now " : "")
        + (Selected is { } chosen && chosen.Node == node.NodeId && column.First <= chosen.Task && chosen.Task <= column.Last ? "chosen" : "");

    private string NodeIcon(RunNodeRow node) => State.NodeFailed(node.NodeId) ? StatusIcons.Failed : State.Ended ? StatusIcons.Ok : StatusIcons.Running;

    private string NodeLook(RunNodeRow node) => State.NodeFailed(node.NodeId) ? "bad" : State.Ended ? "ok" : "accent";

    private bool IsStop(int node, int column) => node == Math.Min(stop.Node, layout.Nodes.Count - 1) && column == Math.Min(stop.Column, layout.Columns.Count - 1);

    private static string Id(RunNodeRow node, MatrixColumn column) => $"cell-{column.First}-{node.NodeId}";

    private async Task ChooseAsync(int node, int column)
    {
        stop = (node, column);
        Redraw();
        var task = RunMatrixLayout.WorstTask(State, layout.Nodes[node], layout.Columns[column]);
        if (task <= State.Tasks.Count)
        {
            await OnSelect.InvokeAsync((task, layout.Nodes[node].NodeId));
        }
    }

    private async Task MoveAsync(KeyboardEventArgs key)
    {
        var (node, column) = key.Key switch
        {
            "ArrowRight" => (stop.Node, stop.Column + 1),
            "ArrowLeft" => (stop.Node, stop.Column - 1),
            "ArrowDown" => (stop.Node + 1, stop.Column),
            "ArrowUp" => (stop.Node - 1, stop.Column),
            "Home" => (stop.Node, 0),
            "End" => (stop.Node, layout.Columns.Count - 1),
            _ => (-1, -1),
        };
        if (node >= 0 && node < layout.Nodes.Count && column >= 0 && column < layout.Columns.Count)
        {
            stop = (node, column);
            Redraw();
            await script.InvokeVoidAsync("portal.focus", Id(layout.Nodes[node], layout.Columns[column]));
        }
    }
}
