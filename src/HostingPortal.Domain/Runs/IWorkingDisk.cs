namespace HostingPortal.Domain.Runs;

/// <summary>The disk the portal itself works on.</summary>
public interface IWorkingDisk
{
    /// <summary>Less than a twentieth of it is free: runs that go on need that, new ones have to wait.</summary>
    bool IsNearlyFull { get; }
}
