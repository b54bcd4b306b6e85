using HostingPortal.Domain.Runs;

namespace HostingPortal.Testing.Fakes;

/// <summary>The portal's disk, full when a test says so.</summary>
public sealed class FakeDisk : IWorkingDisk
{
    public bool IsNearlyFull { get; set; }
}
