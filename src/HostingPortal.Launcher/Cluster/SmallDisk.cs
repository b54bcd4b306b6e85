using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Launcher.Cluster;

/// <summary>A folder with room for so much and no more, so that it can be filled without harm to the machine.</summary>
internal sealed class SmallDisk(string folder)
{
    public string Folder => folder;

    private string Ballast => Path.Combine(folder, "ballast");

    /// <param name="owner">Unprivileged user the folder is for.</param>
    public static async Task<SmallDisk> MountAsync(string folder, int megabytes, string owner, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        if (!Mounted().Contains(folder))
        {
            await Cli.Wrap("mount").WithArguments(["-t", "tmpfs", "-o", $"size={megabytes.ToString(CultureInfo.InvariantCulture)}m,mode=0755", "hostingportal", folder]).ExecuteAsync(ct);
        }

        await Cli.Wrap("chown").WithArguments([owner, folder]).ExecuteAsync(ct);
        return new SmallDisk(folder);
    }

    /// <summary>Puts what the folder holds onto a disk of this size; nothing may use it meanwhile.</summary>
    public static async Task<SmallDisk> MoveAsync(string folder, int megabytes, CancellationToken ct)
    {
        var aside = folder + ".aside";
        Directory.Move(folder, aside);
        var disk = await MountAsync(folder, megabytes, "root", ct);
        await Cli.Wrap("cp").WithArguments(["--archive", aside + "/.", folder]).ExecuteAsync(ct);
        Directory.Delete(aside, recursive: true);
        return disk;
    }

    /// <summary>Those that lie under a folder, left by an earlier start too.</summary>
    public static async Task UnmountAllAsync(string under)
    {
        foreach (var folder in Mounted().Where(f => f.StartsWith(under + "/", StringComparison.Ordinal)).ToList())
        {
            await Cli.Wrap("umount").WithArguments(["--lazy", folder]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        }
    }

    /// <summary>Not a byte is left.</summary>
    public async Task FillAsync(CancellationToken ct) =>
        await Cli.Wrap("dd").WithArguments(["if=/dev/zero", $"of={Ballast}", "bs=64k"]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);

    public void Empty() => File.Delete(Ballast);

    /// <summary>Sample of a line: <c>hostingportal /var/lib/x tmpfs rw,relatime 0 0</c>.</summary>
    private static IEnumerable<string> Mounted() => File.ReadLines("/proc/mounts").Select(l => l.Split(' ')).Where(w => w[0] == "hostingportal").Select(w => w[1]);
}
