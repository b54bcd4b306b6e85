using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Runs;

/// <param name="PrivateKey">Opens the nodes over SSH.</param>
/// <param name="NextKey">Takes its place while a rotation is under way; nodes may know either.</param>
public sealed record ProjectKeys(Secret PrivateKey, Secret VaultPassword, Secret? NextKey = null);
