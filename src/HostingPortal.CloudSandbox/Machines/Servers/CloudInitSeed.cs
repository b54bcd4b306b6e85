using System.Text.Json;

namespace HostingPortal.CloudSandbox.Machines.Servers;

/// <summary>The first boot's data where cloud-init looks for it (NoCloud), so that it acts as on a server that asks Hetzner's service.</summary>
internal static class CloudInitSeed
{
    private const string Folder = "var/lib/cloud/seed/nocloud";

    /// <summary>Paths below the server's root with their content.</summary>
    public static IEnumerable<(string Path, string Text)> Files(MachineSpec spec)
    {
        // JSON is YAML, and needs no escaping of our own.
        yield return ($"{Folder}/meta-data", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["instance-id"] = $"{spec.ServerId}",
            ["local-hostname"] = spec.Name,
            ["public-keys"] = spec.SshPublicKeys,
        }));
        yield return ($"{Folder}/user-data", spec.UserData ?? "");
        yield return ($"{Folder}/vendor-data", VendorData(spec.RootPassword));
    }

    /// <summary>Hetzner sets a root password where no key was given, valid until the first login.</summary>
    private static string VendorData(string? rootPassword) => rootPassword is null ? "" : "#cloud-config\n" + JsonSerializer.Serialize(new
    {
        ssh_pwauth = true,
        chpasswd = new { expire = true, users = new[] { new { name = "root", password = rootPassword, type = "text" } } },
    });
}
