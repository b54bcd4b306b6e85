namespace HostingPortal.Web.Components.Runs;

/// <summary>What a cell of the matrix says.</summary>
public enum RunMark
{
    Ok,
    Changed,
    Skipped,
    Failed,
    Unreachable,
    Ignored,
    Running,

    /// <summary>The task came and went without this node.</summary>
    NotRun,

    /// <summary>The run has not come this far.</summary>
    Ahead,
}
