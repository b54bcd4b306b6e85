using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Web.Components.Shared;

/// <summary>The one table of states: what each looks like and which word it has.</summary>
public static class Statuses
{
    /// <param name="changed">How many results changed something; decides between "nothing changed" and a count.</param>
    /// <param name="waiting">True while a queued run is held by another.</param>
    public static StatusView Of(RunState state, int changed = 0, bool waiting = false) => state switch
    {
        RunState.Queued when waiting => new(StatusIcons.Waiting, "grey", "RunState.Waiting"),
        RunState.Queued => new(StatusIcons.Queued, "grey", "RunState.Queued"),
        RunState.Running => new(StatusIcons.Running, "accent", "RunState.Running"),
        RunState.Succeeded when changed > 0 => new(StatusIcons.Changed, "ok", "RunState.Changed"),
        RunState.Succeeded => new(StatusIcons.Ok, "ok", "RunState.Unchanged"),
        RunState.PartlyFailed => new(StatusIcons.PartlyFailed, "bad", "RunState.PartlyFailed"),
        RunState.Failed => new(StatusIcons.Failed, "bad", "RunState.Failed"),
        RunState.Unreachable => new(StatusIcons.Unreachable, "bad", "RunState.Unreachable"),
        RunState.Canceling => new(StatusIcons.Waiting, "grey", "RunState.Canceling"),
        RunState.Canceled => new(StatusIcons.Canceled, "grey", "RunState.Canceled"),
        RunState.Lost => new(StatusIcons.Lost, "warn", "RunState.Lost"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static StatusView Of(NodeState state) => state switch
    {
        NodeState.Planned => new(StatusIcons.Queued, "grey", "NodeState.Planned"),
        NodeState.Provisioning => new(StatusIcons.Running, "accent", "NodeState.Provisioning"),
        NodeState.Ready => new(StatusIcons.Ok, "ok", "NodeState.Ready"),
        NodeState.Drift => new(StatusIcons.Warning, "warn", "NodeState.Drift"),
        NodeState.LastRunFailed => new(StatusIcons.Failed, "bad", "NodeState.LastRunFailed"),
        NodeState.Unreachable => new(StatusIcons.Unreachable, "bad", "NodeState.Unreachable"),
        NodeState.Off => new(StatusIcons.Off, "grey", "NodeState.Off"),
        NodeState.NeedsDecision => new(StatusIcons.Warning, "warn", "NodeState.NeedsDecision"),
        NodeState.Removing => new(StatusIcons.Running, "accent", "NodeState.Removing"),
        NodeState.Removed => new(StatusIcons.Canceled, "grey", "NodeState.Removed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static StatusView Of(SiteState state) => state switch
    {
        SiteState.SettingUp => new(StatusIcons.Running, "accent", "SiteState.SettingUp"),
        SiteState.Online => new(StatusIcons.Ok, "ok", "SiteState.Online"),
        SiteState.Slow => new(StatusIcons.Warning, "warn", "SiteState.Slow"),
        SiteState.DoesNotAnswer => new(StatusIcons.Failed, "bad", "SiteState.DoesNotAnswer"),
        SiteState.Suspended => new(StatusIcons.Off, "grey", "SiteState.Suspended"),
        SiteState.Maintenance => new(StatusIcons.Waiting, "grey", "SiteState.Maintenance"),
        SiteState.Failed => new(StatusIcons.Failed, "bad", "SiteState.Failed"),
        SiteState.Removing => new(StatusIcons.Running, "accent", "SiteState.Removing"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
