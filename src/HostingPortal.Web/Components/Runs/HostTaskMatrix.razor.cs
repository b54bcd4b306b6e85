using HostingPortal.Domain.Runs;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace HostingPortal.Web.Components.Runs;

public sealed partial class HostTaskMatrix(Texts texts, IJSRuntime script) : ComponentBase
{
    private const int MostColumns = 60;
    private const int MostRowsInOrder = 8;
    private static readonly RunMark[] Legend = [RunMark.Ok, RunMark.Changed, RunMark.Skipped, RunMark.Failed, RunMark.Running, RunMark.NotRun];
    private static readonly TaskResult[] Counted = [TaskResult.Ok, TaskResult.Changed, TaskResult.Skipped, TaskResult.Failed];
    private readonly HashSet<string> openRoles = [];
    private List<RunNodeRow> nodes = [];
    private List<Column> columns = [];
    private List<Group> groups = [];
    private bool folded;
    private (int Node, int Column) stop;

    [Parameter, EditorRequired] public required RunLogState State { get; set; }

    /// <summary>The chosen cell, or null.</summary>
    [Parameter] public (int Task, string Node)? Selected { get; set; }

    [Parameter] public EventCallback<(int Task, string Node)> OnSelect { get; set; }

    /// <summary>Address of this page with only one node shown.</summary>
    [Parameter, EditorRequired] public required Func<string, string> NodeFilter { get; set; }

    private Texts T => texts;

    private int Columns => Math.Max(State.Tasks.Count, State.Run.TaskTotal);

    protected override void OnParametersSet()
    {
        var known = State.Run.Nodes;
        nodes = known.Count > MostRowsInOrder ? [.. known.OrderByDescending(n => State.NodeFailed(n.NodeId)).ThenBy(n => n.Name)] : [.. known];
        folded = State.Tasks.Count > MostColumns;
        columns = [];
        groups = [];
        foreach (var task in State.Tasks)
        {
            Add(task);
        }

        for (var ahead = State.Tasks.Count + 1; !folded && ahead <= Math.Min(Columns, MostColumns); ahead++)
        {
            columns.Add(new Column(ahead, ahead, ""));
            Widen("", ahead);
        }
    }

    private void Add(RunTaskRow task)
    {
        var role = task.Role;
        if (folded && !openRoles.Contains(role) && columns is [.., var last] && last.Role == role)
        {
            columns[^1] = last with { Last = task.Number };
            return;
        }

        columns.Add(new Column(task.Number, task.Number, role));
        Widen(role, task.Number);
    }

    private void Widen(string role, int from)
    {
        if (groups is [.., var group] && group.Role == role)
        {
            groups[^1] = group with { Width = group.Width + 1 };
        }
        else
        {
            groups.Add(new Group(role, from, 1));
        }
    }

    private void OpenRole(Group group)
    {
        if (!openRoles.Remove(group.Role))
        {
            openRoles.Add(group.Role);
        }

        OnParametersSet();
    }

    /// <summary>Of several tasks in one column the worst.</summary>
    private RunMark Mark(RunNodeRow node, Column column)
    {
        var marks = Enumerable.Range(column.First, column.Last - column.First + 1).Select(t => State.MarkOf(t, node.NodeId)).ToList();
        return marks.Count == 1 ? marks[0] : marks.MaxBy(Weight);
    }

    private static int Weight(RunMark mark) => mark switch
    {
        RunMark.Failed or RunMark.Unreachable => 6,
        RunMark.Running => 5,
        RunMark.Changed => 4,
        RunMark.Ignored => 3,
        RunMark.Ok => 2,
        RunMark.Skipped => 1,
        _ => 0,
    };

    private string Label(RunNodeRow node, Column column) => texts["Matrix.Cell",
        ("node", node.Name),
        ("task", column.First <= State.Tasks.Count ? State.Tasks[column.First - 1].Name : texts["Matrix.Ahead"]),
        ("state", texts["Mark." + Mark(node, column)])];

    private string Look(RunNodeRow node, Column column) =>
        (groups.Any(g => g.From == column.First) ? "first " : "")
        + (!State.Ended && column.Last == State.Tasks.Count ? "now " : "")
        + (Selected is { } chosen && chosen.Node == node.NodeId && column.First <= chosen.Task && chosen.Task <= column.Last ? "chosen" : "");

    private bool IsStop(RunNodeRow node, Column column) =>
        nodes.IndexOf(node) == Math.Min(stop.Node, nodes.Count - 1) && columns.IndexOf(column) == Math.Min(stop.Column, columns.Count - 1);

    private static string Id(RunNodeRow node, Column column) => $"cell-{column.First}-{node.NodeId}";

    private async Task ChooseAsync(RunNodeRow node, Column column)
    {
        stop = (nodes.IndexOf(node), columns.IndexOf(column));
        var task = Enumerable.Range(column.First, column.Last - column.First + 1).MaxBy(t => Weight(State.MarkOf(t, node.NodeId)));
        if (task <= State.Tasks.Count)
        {
            await OnSelect.InvokeAsync((task, node.NodeId));
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
            "End" => (stop.Node, columns.Count - 1),
            _ => (-1, -1),
        };
        if (node >= 0 && node < nodes.Count && column >= 0 && column < columns.Count)
        {
            stop = (node, column);
            await script.InvokeVoidAsync("portal.focus", Id(nodes[node], columns[column]));
        }
    }

    /// <param name="First">Task number; a folded role holds several.</param>
    private sealed record Column(int First, int Last, string Role);

    private sealed record Group(string Role, int From, int Width);
}
