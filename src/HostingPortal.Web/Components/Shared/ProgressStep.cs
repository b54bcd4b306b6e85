namespace HostingPortal.Web.Components.Shared;

/// <param name="Label">In plain words.</param>
public sealed record ProgressStep(string Label, ProgressStepState State);

public enum ProgressStepState
{
    Waiting,
    Running,
    Done,
    Failed,
}
