namespace HostingPortal.CloudSandbox.Machines.Slots;

/// <summary>
/// Control groups of the lab, e.g. <c>hostingportal/3/42</c>. Each server needs one of its own: two systemds in one group stop each
/// other's services. They are also the sure way to find every process of a server.
/// </summary>
internal static class ControlGroups
{
    /// <summary>Makes the group in every hierarchy that tracks processes and returns its folders.</summary>
    public static IReadOnlyList<string> Create(string group) =>
        [.. Hierarchies().Select(root => Directory.CreateDirectory(Path.Combine(root, group)).FullName)];

    /// <summary>Kills every process of the group and of those below it, until none is left, and removes the empty groups.</summary>
    /// <exception cref="LabException">Processes are left after ten seconds.</exception>
    public static async Task ClearAsync(string group, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            var pids = Processes(group);
            if (pids.Count == 0)
            {
                break;
            }

            if (tries == 200)
            {
                throw new LabException($"Processes {string.Join(", ", pids)} of {group} cannot be killed.");
            }

            await Shell.TryAsync(["sh", "-c", "kill -KILL \"$@\"", "sh", .. pids], ct);
            await Task.Delay(50, ct);
        }

        foreach (var root in Hierarchies())
        {
            Remove(Path.Combine(root, group));
        }
    }

    public static IReadOnlyList<string> Processes(string group) =>
        [.. Hierarchies().Select(root => Path.Combine(root, group)).SelectMany(ProcessesBelow).Distinct()];

    private static IEnumerable<string> ProcessesBelow(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "cgroup.procs", SearchOption.AllDirectories).SelectMany(File.ReadAllLines)]
                : [];
        }
        catch (IOException)
        {
            // A group went away while it was read; the next round sees the rest.
            return [];
        }
    }

    private static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        try
        {
            foreach (var child in Directory.GetDirectories(folder))
            {
                Remove(child);
            }

            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Still busy for a moment after its last process: an empty group costs nothing and is used again by the next start.
        }
    }

    /// <summary>
    /// Mount points from e.g. <c>33 27 0:29 / /sys/fs/cgroup/systemd rw,relatime shared:9 - cgroup cgroup rw,name=systemd</c>
    /// and <c>34 27 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw</c>.
    /// </summary>
    private static IEnumerable<string> Hierarchies() =>
        from line in File.ReadLines("/proc/self/mountinfo")
        let fields = line.Split(' ')
        let separator = Array.IndexOf(fields, "-")
        let type = fields[separator + 1]
        where type == "cgroup2" || (type == "cgroup" && fields[^1].Split(',').Contains("name=systemd", StringComparer.Ordinal))
        select fields[4];
}
