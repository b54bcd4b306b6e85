using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Nodes;

/// <summary>From an order to a node that is ready.</summary>
internal sealed class ProvisionHandler(OrderSteps steps) : IRunHandler
{
    public RunKind Kind => RunKind.Provision;

    public Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct) => steps.RunAsync(run, Playbooks.Converge, () => Task.CompletedTask, ct);
}
