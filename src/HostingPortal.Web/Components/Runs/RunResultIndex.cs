using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>Results of a run by task and node, counted as they come: what the page asks with every drawing costs no walk over 100,000 cells.</summary>
public sealed class RunResultIndex
{
    private readonly Dictionary<int, SortedDictionary<int, RunResultRow>> byTask = [];
    private readonly Dictionary<(int Task, string Node), RunResultRow> byCell = [];
    private readonly Dictionary<(string Node, TaskResult Result), int> perNode = [];
    private readonly Dictionary<(int Task, TaskResult Result), int> perTask = [];
    private readonly Dictionary<TaskResult, int> all = [];

    public IEnumerable<RunResultRow> All => byCell.Values;

    public RunResultRow? Find(int task, string node) => byCell.GetValueOrDefault((task, node));

    /// <summary>Results of one task in the order of their lines.</summary>
    public IEnumerable<RunResultRow> OfTask(int task) => byTask.TryGetValue(task, out var rows) ? rows.Values : [];

    public int Count(string node, TaskResult result) => perNode.GetValueOrDefault((node, result));

    public int Count(int task, TaskResult result) => perTask.GetValueOrDefault((task, result));

    public int Count(TaskResult result) => all.GetValueOrDefault(result);

    /// <summary>The last result of a task on a node is the one that counts.</summary>
    public void Put(RunResultRow row)
    {
        if (byCell.TryGetValue((row.TaskNumber, row.NodeId), out var known))
        {
            if (known == row)
            {
                return;
            }

            byTask[known.TaskNumber].Remove(known.Seq);
            Add(known, -1);
        }

        byCell[(row.TaskNumber, row.NodeId)] = row;
        if (!byTask.TryGetValue(row.TaskNumber, out var rows))
        {
            byTask[row.TaskNumber] = rows = [];
        }

        rows[row.Seq] = row;
        Add(row, 1);
    }

    private void Add(RunResultRow row, int by)
    {
        perNode[(row.NodeId, row.Result)] = Count(row.NodeId, row.Result) + by;
        perTask[(row.TaskNumber, row.Result)] = Count(row.TaskNumber, row.Result) + by;
        all[row.Result] = Count(row.Result) + by;
    }
}
