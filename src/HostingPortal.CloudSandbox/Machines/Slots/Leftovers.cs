namespace HostingPortal.CloudSandbox.Machines.Slots;

/// <summary>Takes down everything of a slot by its names alone, so that it serves a clean stop and the remains of a killed owner alike.</summary>
internal static class Leftovers
{
    private const string Namespaces = "/run/netns";
    private const string Propagation = "/run/systemd/nspawn/propagate";

    /// <summary>
    /// Kills the processes and removes namespaces with their interfaces and rules. Mounts live in the processes' own namespaces and go with them.
    /// </summary>
    public static async Task CleanAsync(Slot slot, CancellationToken ct)
    {
        await ControlGroups.ClearAsync(slot.Group, ct);
        foreach (var name in Names(Namespaces, slot))
        {
            await Shell.TryAsync(["ip", "netns", "delete", name], ct);
        }

        // The kernel removes the router's links a moment after its namespace; the next owner may come sooner.
        await Shell.TryAsync(["ip", "link", "delete", slot.Router], ct);
        foreach (var name in Names(Propagation, slot))
        {
            Directory.Delete(Path.Combine(Propagation, name), recursive: true);
        }
    }

    private static IEnumerable<string> Names(string folder, Slot slot) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))
            .Where(name => name == slot.Router || name.StartsWith(slot.Router + "-", StringComparison.Ordinal))]
        : [];
}
