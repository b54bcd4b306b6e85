using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Actions;

/// <summary>One action to start; <paramref name="Work"/> is its effect outside the world's lock, an exception makes the action fail.</summary>
internal sealed record ActionStep(string Command, IReadOnlyList<ActionResource> On, Func<CancellationToken, Task>? Work = null);
