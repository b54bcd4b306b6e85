using HostingPortal.Domain.Runs;

namespace HostingPortal.Infrastructure;

/// <summary>The disk of the portal's folder, looked at no more than once a second.</summary>
internal sealed class WorkingDisk(DataFolder folder, TimeProvider time) : IWorkingDisk
{
    private const double LeastFree = 0.05;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private (long At, bool Full)? last;

    public bool IsNearlyFull
    {
        get
        {
            lock (gate)
            {
                if (last is not { } seen || time.GetElapsedTime(seen.At) > Fresh)
                {
                    last = (time.GetTimestamp(), Look());
                }

                return last.Value.Full;
            }
        }
    }

    /// <summary>A disk that cannot be looked at is not called full: whoever writes will be told.</summary>
    private bool Look()
    {
        try
        {
            var drive = new DriveInfo(folder.Root);
            return drive.AvailableFreeSpace < drive.TotalSize * LeastFree;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
