using HostingPortal.Domain.Inventory;
using HostingPortal.Infrastructure.Git;

namespace HostingPortal.Testing.Fakes;

/// <summary>What is not worth a fake.</summary>
public static class Writers
{
    /// <summary>The YAML writer the portal uses.</summary>
    public static IVarsWriter Real { get; } = new VarsWriter();
}
