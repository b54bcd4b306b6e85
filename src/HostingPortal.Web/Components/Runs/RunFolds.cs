namespace HostingPortal.Web.Components.Runs;

/// <summary>What the reader opened or closed by hand; it stays so whatever happens to the tasks.</summary>
public sealed class RunFolds
{
    private readonly HashSet<int> opened = [];
    private readonly HashSet<int> closed = [];
    private readonly HashSet<int> groups = [];

    /// <param name="byItself">What the task would be without the reader.</param>
    public bool IsOpen(int task, bool byItself) => opened.Contains(task) || (byItself && !closed.Contains(task));

    /// <summary>True when the group of folded tasks that begins here was taken apart.</summary>
    public bool IsGroupOpen(int firstTask) => groups.Contains(firstTask);

    public void Set(int task, bool open)
    {
        (open ? opened : closed).Add(task);
        (open ? closed : opened).Remove(task);
    }

    public void OpenGroup(int firstTask) => groups.Add(firstTask);
}
