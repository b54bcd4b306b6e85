using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Nodes;

/// <summary>A new key between the Primary and a Project Master.</summary>
internal sealed class RotateMasterJob(KeyRotation rotation, NodeOrder order, NodeAccess access) : IRunJob
{
    public string Name => RunJobs.RotateMaster;

    public Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct) => rotation.RunAsync(
        run, ofMaster: true, async () => await access.ForgetKeyAsync(await order.OpenTokenAsync(run.Run.ProjectId, ct), run.Run.ProjectId, ofMaster: true, ct), ct);
}
