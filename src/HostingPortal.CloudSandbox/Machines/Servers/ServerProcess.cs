using System.Globalization;
using CliWrap;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Servers;

/// <summary>One boot of a server: systemd-nspawn over the server's own overlay, in its own network namespace and control group.</summary>
internal static class ServerProcess
{
    /// <summary>Exit code by which nspawn tells that the system inside rebooted.</summary>
    public const int Reboot = 133;

    /// <summary>
    /// The overlay is mounted in the process's own mount namespace and goes with it. A session of its own keeps Ctrl-C at the terminal away.
    /// <c>API_VFS_WRITABLE=network</c> gives the system its own /sys/class/net and a writable /proc/sys/net.
    /// </summary>
    private const string Script = """
        set -e
        name=$1 image=$2 folder=$3 hostname=$4 capabilities=$5
        shift 5
        for group; do echo $$ >"$group/cgroup.procs"; done
        exec >"$folder/console.log" 2>&1 </dev/null
        mount -t overlay lab -o "lowerdir=$image,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
        export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
        exec systemd-nspawn --quiet --directory="$folder/root" --boot --machine="$name" --hostname="$hostname" \
            --network-namespace-path="/run/netns/$name" --capability="$capabilities" --register=no --keep-unit --link-journal=no \
            --resolv-conf=off --timezone=off --console=read-only --rlimit=RLIMIT_NOFILE=524288:524288 --rlimit=RLIMIT_NPROC=infinity
        """;

    /// <summary>Starts the server; the task ends with it.</summary>
    public static CommandTask<CommandResult> Start(Slot slot, MachineRecord machine, ServerDisk disk)
    {
        var (id, name) = (machine.Spec.ServerId, slot.NameOf(machine.Spec.ServerId));
        var groups = ControlGroups.Create(slot.GroupOf(id));
        return Shell.Command([
            "setsid", "unshare", "--mount", "--propagation", "slave", "sh", "-c", Script, "sh",
            name, machine.Image, disk.Folder, machine.Spec.Name, "CAP_NET_ADMIN,CAP_NET_RAW", .. groups,
        ]).ExecuteAsync(CancellationToken.None);
    }

    /// <summary>Asks the system inside to power off; nspawn passes it on to the server's first process.</summary>
    public static Task AskToStopAsync(int processId, CancellationToken ct) =>
        Shell.RunAsync(["sh", "-c", "kill -TERM \"$1\"", "sh", processId.ToString(CultureInfo.InvariantCulture)], ct);
}
