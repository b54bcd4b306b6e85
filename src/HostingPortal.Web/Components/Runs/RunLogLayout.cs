using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

public enum RunRowKind
{
    /// <summary>Several folded tasks as one row.</summary>
    Group,
    Task,
    Line,
}

/// <summary>One row on the screen.</summary>
/// <param name="Top">Pixels from the top of the whole log.</param>
/// <param name="Task">Task number; of a group the first. 0 is the portal's own part before the first task.</param>
/// <param name="Last">Of a group the last task, else equal to <paramref name="Task"/>.</param>
/// <param name="Line">Line number of a line row, else 0.</param>
public readonly record struct RunLogRow(RunRowKind Kind, double Top, int Task, int Last, int Line);

/// <summary>
/// Where every row of the log is, as few blocks: rows have fixed heights, so a million lines cost as much as ten. Browsers limit the height of an element;
/// beyond that the scroll position is mapped to the row.
/// </summary>
public sealed class RunLogLayout
{
    public const int TaskHeight = 28;
    public const int LineHeight = 20;
    public const int MostRows = 400;
    public const double Tallest = 8_000_000;
    private const int Overscan = 400;

    /// <summary>While following, lines that came since the last drawing are drawn even where they scrolled past.</summary>
    private const int FollowOverscan = 1600;
    private readonly List<Block> blocks = [];
    private readonly List<Block> lines = [];

    private RunLogLayout()
    {
    }

    /// <summary>Pixels of all rows.</summary>
    public double Height { get; private set; }

    /// <summary>Pixels the scrolled element really has.</summary>
    public double ShownHeight => Math.Min(Height, Tallest);

    public static RunLogLayout Of(RunLogState state)
    {
        var layout = new RunLogLayout();
        RunLogBlocks.Fill(state, layout);
        return layout;
    }

    /// <summary>Scroll position to pixels of the whole log.</summary>
    public double Place(double scrollTop, double viewport) =>
        Height <= Tallest ? scrollTop : scrollTop / Math.Max(1, Tallest - viewport) * (Height - viewport);

    /// <summary>Pixels of the whole log to scroll position.</summary>
    public double Scroll(double place, double viewport) =>
        Height <= Tallest ? place : place / Math.Max(1, Height - viewport) * (Tallest - viewport);

    /// <summary>Rows to draw around a place, some more than fit on both sides.</summary>
    public IReadOnlyList<RunLogRow> Rows(double place, double viewport, bool following = false)
    {
        var (from, to) = (place - (following ? FollowOverscan : Overscan), place + viewport + Overscan);
        var rows = new List<RunLogRow>();
        for (var i = FirstAt(from); i < blocks.Count && blocks[i].Top < to && rows.Count < MostRows; i++)
        {
            var block = blocks[i];
            var skip = block.Kind == RunRowKind.Line ? Math.Max(0, (int)((from - block.Top) / LineHeight)) : 0;
            for (var n = skip; n < block.Count && rows.Count < MostRows && block.Top + (n * LineHeight) < to; n++)
            {
                rows.Add(new RunLogRow(block.Kind, block.Top + (n * LineHeight), block.Task, block.Last, block.Kind == RunRowKind.Line ? block.Line + n : 0));
            }
        }

        return rows;
    }

    /// <summary>Top of a line, or null while it is folded or filtered away.</summary>
    public double? TopOfLine(int line)
    {
        var (low, high) = (0, lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = lines[middle].Line + lines[middle].Count <= line ? (middle + 1, high) : (low, middle);
        }

        return low < lines.Count && lines[low].Line <= line ? lines[low].Top + ((line - lines[low].Line) * LineHeight) : null;
    }

    public double? TopOfTask(int task) =>
        blocks.Where(b => b.Kind != RunRowKind.Line && b.Task <= task && task <= b.Last).Select(b => (double?)b.Top).FirstOrDefault();

    /// <summary>Where a line is, or where the folded tasks are that hold it: a share of the whole height from 0 to 1. Null when it is filtered away.</summary>
    /// <param name="task">The task it belongs to.</param>
    public double? ShareOf(int line, int task) => Height > 0 && (TopOfLine(line) ?? TopOfTask(task)) is { } top ? top / Height : null;

    internal void AddHead(RunRowKind kind, int first, int last)
    {
        blocks.Add(new Block(kind, Height, 1, first, last, 0));
        Height += TaskHeight;
    }

    internal void AddLines(int task, int from, int to)
    {
        if (to >= from)
        {
            lines.Add(new Block(RunRowKind.Line, Height, to - from + 1, task, task, from));
            blocks.Add(lines[^1]);
            Height += (to - from + 1) * (double)LineHeight;
        }
    }

    private int FirstAt(double place)
    {
        var (low, high) = (0, blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var block = blocks[middle];
            var bottom = block.Top + (block.Kind == RunRowKind.Line ? block.Count * (double)LineHeight : TaskHeight);
            (low, high) = bottom < place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Block(RunRowKind Kind, double Top, int Count, int Task, int Last, int Line);
}
