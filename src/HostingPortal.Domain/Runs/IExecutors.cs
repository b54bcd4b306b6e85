using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Runs;

/// <summary>The machines where runs execute: the Primary's executor, and a Project Master for each managed project.</summary>
public interface IExecutors
{
    IExecutor Primary { get; }

    /// <summary>The executor at this address; one connection serves all calls with equal addresses.</summary>
    IExecutor At(ExecutorAddress address);
}

/// <param name="Host">Address the portal reaches it at.</param>
/// <param name="HostKeys">Pinned host keys; two while it rotates its own.</param>
/// <param name="PrivateKey">Opens the account <c>portal</c> there.</param>
/// <param name="NextKey">Takes its place while a rotation is under way; either may open it.</param>
public sealed record ExecutorAddress(string Host, IReadOnlyList<string> HostKeys, Secret PrivateKey, Secret? NextKey = null);
