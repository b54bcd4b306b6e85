using System.Globalization;
using System.Text.RegularExpressions;

namespace HostingPortal.Web.Components.Runs;

/// <summary>A place in a run as the address names it: <c>#t24</c>, <c>#t24-web-3</c> (a task on a node, by name), <c>#L613</c>, <c>#L613-L640</c>.</summary>
/// <param name="Task">Number of the task, or 0 where lines are named.</param>
/// <param name="Node">The node's name, or null.</param>
/// <param name="From">First line, or 0 where a task is named.</param>
public sealed partial record RunPlace(int Task, string? Node, int From, int To)
{
    /// <summary>Null for what is no place.</summary>
    public static RunPlace? Parse(string? fragment)
    {
        var match = Pattern().Match(fragment ?? "");
        if (!match.Success)
        {
            return null;
        }

        var (task, from, to) = (Number(match, "task"), Number(match, "from"), Number(match, "to"));
        return task + from == 0 ? null : new RunPlace(task, match.Groups["node"] is { Success: true, Value: var node } ? node : null, Math.Min(from, to > 0 ? to : from), Math.Max(from, to));
    }

    public static RunPlace OfCell(int task, string node) => new(task, node, 0, 0);

    /// <summary>As it stands after the <c>#</c>.</summary>
    public override string ToString() => (Task, Node) switch
    {
        (0, _) => From == To ? Text($"L{From}") : Text($"L{From}-L{To}"),
        (_, null) => Text($"t{Task}"),
        _ => Text($"t{Task}-{Node}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^#?(t(?<task>\d{1,9})(-(?<node>[^#]{1,80}))?|L(?<from>\d{1,9})(-L?(?<to>\d{1,9}))?)$")]
    private static partial Regex Pattern();
}
