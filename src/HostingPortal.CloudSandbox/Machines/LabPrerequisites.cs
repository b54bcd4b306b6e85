using System.Diagnostics;

namespace HostingPortal.CloudSandbox.Machines;

/// <summary>What a machine needs before real servers can run on it.</summary>
internal static class LabPrerequisites
{
    /// <summary>Tool and the Debian package it comes from.</summary>
    private static readonly (string Tool, string Package)[] Tools =
    [
        ("systemd-nspawn", "systemd-container"), ("debootstrap", "debootstrap"), ("ip", "iproute2"), ("nft", "nftables"),
        ("unshare", "util-linux"), ("flock", "util-linux"),
    ];

    /// <summary>Null where lab servers can run, else what is missing and what to do about it, as sentences.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "Lab servers need root on Linux.";
        }

        var missing = Tools.Where(tool => !Exists(tool.Tool)).Select(tool => tool.Package).Distinct().ToList();
        if (missing.Count > 0)
        {
            return $"Lab servers need packages that are not installed: apt-get install {string.Join(' ', missing)}.";
        }

        var overlay = File.ReadLines("/proc/filesystems").Any(line => line.EndsWith("overlay", StringComparison.Ordinal));
        if (!overlay && !Directory.Exists("/sys/module/overlay"))
        {
            return "Lab servers need overlay file systems, which this kernel does not offer: modprobe overlay.";
        }

        return Works("unshare", "--net", "--mount", "true")
            ? null
            : "Lab servers need network and mount namespaces of their own, which are forbidden here, as in most containers: use a virtual machine or a bare one.";
    }

    private static bool Works(string tool, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, words) { RedirectStandardError = true });
        process?.WaitForExit();
        return process is { ExitCode: 0 };
    }

    private static bool Exists(string tool) =>
        ((string[])["/usr/sbin", "/usr/bin", "/sbin", "/bin"]).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
