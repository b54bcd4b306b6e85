using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Nodes;

/// <summary>A new key between a project's executor and its nodes.</summary>
internal sealed class RotateNodesJob(KeyRotation rotation, NodeOrder order, NodeAccess access) : IRunJob
{
    public string Name => RunJobs.RotateNodes;

    public Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct) => rotation.RunAsync(
        run, ofMaster: false, async () => await access.ForgetKeyAsync(await order.OpenTokenAsync(run.Run.ProjectId, ct), run.Run.ProjectId, ofMaster: false, ct), ct);
}
