using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>Rows and columns of the matrix: nodes with the failed ones first where they do not fit, tasks grouped by role; above 60 tasks a column is a role.</summary>
public sealed class RunMatrixLayout
{
    public const int MostColumns = 60;

    /// <summary>Above this a table of buttons is too much for a browser: one picture and the list of nodes instead.</summary>
    public const int MostCells = 2000;

    private const int MostRowsInOrder = 8;
    private const string Ahead = "";
    private readonly List<MatrixColumn> columns = [];
    private readonly List<MatrixGroup> groups = [];

    private RunMatrixLayout(RunLogState state, IReadOnlySet<string> openRoles)
    {
        var known = state.Run.Nodes;
        Nodes = known.Count > MostRowsInOrder ? [.. known.OrderByDescending(n => state.NodeFailed(n.NodeId)).ThenBy(n => n.Name, StringComparer.Ordinal)] : known;
        Folded = state.Tasks.Count > MostColumns;
        foreach (var task in state.Tasks)
        {
            Add(task, openRoles);
        }

        for (var next = state.Tasks.Count + 1; !Folded && next <= Math.Min(TotalOf(state), MostColumns); next++)
        {
            columns.Add(new MatrixColumn(next, next, Ahead));
            Widen(Ahead, next);
        }
    }

    public IReadOnlyList<RunNodeRow> Nodes { get; }

    public IReadOnlyList<MatrixColumn> Columns => columns;

    public IReadOnlyList<MatrixGroup> Groups => groups;

    public bool Folded { get; }

    public bool Large => Nodes.Count * columns.Count > MostCells;

    public static RunMatrixLayout Of(RunLogState state, IReadOnlySet<string> openRoles) => new(state, openRoles);

    public static int TotalOf(RunLogState state) => Math.Max(state.Tasks.Count, state.Run.TaskTotal);

    /// <summary>Of several tasks in one column the one that matters most.</summary>
    public static int WorstTask(RunLogState state, RunNodeRow node, MatrixColumn column)
    {
        var worst = column.First;
        for (var task = column.First + 1; task <= column.Last; task++)
        {
            worst = Weight(state.MarkOf(task, node.NodeId)) > Weight(state.MarkOf(worst, node.NodeId)) ? task : worst;
        }

        return worst;
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

    private void Add(RunTaskRow task, IReadOnlySet<string> openRoles)
    {
        if (Folded && !openRoles.Contains(task.Role) && columns is [.., var last] && last.Role == task.Role)
        {
            columns[^1] = last with { Last = task.Number };
            return;
        }

        columns.Add(new MatrixColumn(task.Number, task.Number, task.Role));
        Widen(task.Role, task.Number);
    }

    private void Widen(string role, int from)
    {
        if (groups is [.., var group] && group.Role == role)
        {
            groups[^1] = group with { Width = group.Width + 1 };
        }
        else
        {
            groups.Add(new MatrixGroup(role, from, 1));
        }
    }
}

/// <param name="First">Task number; a folded role holds several.</param>
public sealed record MatrixColumn(int First, int Last, string Role);

/// <param name="From">First task of the group.</param>
/// <param name="Width">Columns.</param>
public sealed record MatrixGroup(string Role, int From, int Width);
