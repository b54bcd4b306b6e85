using HostingPortal.Domain.Projects;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Components.Projects;

/// <summary>The state of a project: the worst of its nodes.</summary>
public static class ProjectState
{
    public static StatusView Of(ProjectRow project) => project switch
    {
        { NeedCare: > 0 } => new(StatusIcons.PartlyFailed, "bad", "ProjectState.NeedsCare"),
        { Nodes: 0 } => new(StatusIcons.Queued, "grey", "ProjectState.Empty"),
        _ => new(StatusIcons.Ok, "ok", "ProjectState.Ready"),
    };
}
