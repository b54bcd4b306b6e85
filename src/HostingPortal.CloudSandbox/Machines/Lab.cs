using HostingPortal.CloudSandbox.Machines.Images;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Servers;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines;

/// <summary>
/// Takes a slot and builds its network at the start, takes everything down at the end. First of the lab's services to start, last to stop.
/// </summary>
internal sealed class Lab(
    LabOptions options, LabSlot lab, Router router, LabMachineHost machines, BaseImages images, ILogger<Lab> logger) : IHostedService
{
    private const string RuntimeFolder = "/run/hostingportal/slots";
    private readonly SlotRegistry _registry = new(RuntimeFolder);
    private bool _temporary;
    private bool _holdsSlot;

    /// <exception cref="LabException">Lab servers cannot run here; the message says why.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (LabPrerequisites.Missing() is { } missing)
        {
            throw new LabException($"{missing} The simulated API runs without them (--no-machines), and a real Hetzner token needs none of this.");
        }

        _temporary = options.DataDirectory is null;
        var folder = options.DataDirectory is { } chosen ? Path.GetFullPath(chosen) : Directory.CreateTempSubdirectory("hostingportal-lab-").FullName;
        Directory.CreateDirectory(folder);
        lab.Set(await _registry.ClaimAsync(folder, slot => Leftovers.CleanAsync(slot, cancellationToken), cancellationToken), folder);
        _holdsSlot = true;
        await Leftovers.CleanAsync(lab.Slot, cancellationToken);
        await router.UpAsync(cancellationToken);
        await machines.LoadAsync(cancellationToken);
        logger.LogInformation("Lab servers get addresses of {Ipv4} and {Ipv6}", lab.PublicIpv4Range, lab.PublicIpv6Range);
        _ = PrepareAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may stop its services twice, and by then the slot may be another's.
        if (!_holdsSlot)
        {
            return;
        }

        _holdsSlot = false;
        await machines.StopAllAsync(CancellationToken.None);
        await Leftovers.CleanAsync(lab.Slot, CancellationToken.None);
        await _registry.ReleaseAsync(lab.Slot, CancellationToken.None);
        if (_temporary)
        {
            Directory.Delete(lab.Folder, recursive: true);
        }
    }

    /// <summary>The first order should not wait for the image longer than it must.</summary>
    private async Task PrepareAsync()
    {
        try
        {
            await images.EnsureAsync(BaseImages.Default, CancellationToken.None);
        }
        catch (LabException failure)
        {
            logger.LogError(failure, "The default image is not ready; the next server's order tries again");
        }
    }
}
