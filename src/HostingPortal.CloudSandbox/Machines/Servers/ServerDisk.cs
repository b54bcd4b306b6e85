using System.Text.Json;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Servers;

/// <summary>
/// A server's folder: <c>upper</c> holds what differs from the base image and is the disk that survives power cycles, <c>work</c> and
/// <c>root</c> belong to the overlay mount, <c>console.log</c> is what the system printed while booting.
/// </summary>
internal sealed class ServerDisk(LabSlot lab, long serverId)
{
    public string Folder { get; } = Path.Combine(lab.Folder, "machines", $"{serverId}");

    public string Upper => Path.Combine(Folder, "upper");

    public string ConsoleLog => Path.Combine(Folder, "console.log");

    private string RecordPath => Path.Combine(Folder, "machine.json");

    /// <summary>Numbers of all servers with a disk in the data folder.</summary>
    public static IEnumerable<long> All(LabSlot lab)
    {
        var folder = Directory.CreateDirectory(Path.Combine(lab.Folder, "machines"));
        return folder.EnumerateDirectories().Select(server => long.TryParse(server.Name, out var id) ? id : 0).Where(id => id != 0);
    }

    /// <summary>Makes an empty disk with the first boot's cloud-init data on it.</summary>
    public async Task CreateAsync(MachineRecord machine, CancellationToken ct)
    {
        Delete();
        await Shell.RunAsync(["install", "-d", "-m", "700", Folder], ct);
        await Shell.RunAsync(["install", "-d", "-m", "755", Upper, Path.Combine(Folder, "work"), Path.Combine(Folder, "root")], ct);

        var slot = lab.Slot;
        foreach (var (path, text) in CloudInitSeed.Files(machine.Spec))
        {
            await WriteAsync(path, text, ct);
        }

        string[] gateways = machine.Spec.PublicIpv4 is null ? [slot.GatewayIpv6] : [slot.GatewayIpv4, slot.GatewayIpv6];
        var resolvers = string.Concat(gateways.Select(address => $"nameserver {address}\n"));
        await WriteAsync("etc/resolv.conf", $"{resolvers}options timeout:2 attempts:2\n", ct);
        var proxy = machine.Spec.PublicIpv4 is null ? $"[{slot.GatewayIpv6}]" : slot.GatewayIpv4;
        await WriteAsync("etc/apt/apt.conf.d/90lab-proxy", $"Acquire::http::Proxy \"http://{proxy}:{LabPorts.Packages}\";\n", ct);
        // Modes of folders in the upper layer replace those of the image: not left to this process's umask.
        await Shell.RunAsync(["chmod", "-R", "u=rwX,go=rX", Upper], ct);
        await SaveAsync(machine with { Spec = machine.Spec with { RootPassword = null } }, ct);
    }

    public async Task SaveAsync(MachineRecord machine, CancellationToken ct)
    {
        await File.WriteAllBytesAsync(RecordPath + ".tmp", JsonSerializer.SerializeToUtf8Bytes(machine), ct);
        File.Move(RecordPath + ".tmp", RecordPath, overwrite: true);
    }

    /// <summary>The record of an earlier process, or null where a disk was never finished.</summary>
    public async Task<MachineRecord?> LoadAsync(CancellationToken ct) => File.Exists(RecordPath)
        ? JsonSerializer.Deserialize<MachineRecord>(await File.ReadAllBytesAsync(RecordPath, ct))
        : null;

    public void Delete()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        var full = Path.Combine(Upper, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, text, ct);
    }
}
