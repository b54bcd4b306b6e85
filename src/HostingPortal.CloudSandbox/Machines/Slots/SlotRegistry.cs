using System.Text.Json;

namespace HostingPortal.CloudSandbox.Machines.Slots;

/// <summary>Divides the slots among the sandboxes of this machine by one small file per slot, all changed under one lock.</summary>
/// <param name="folder">E.g. <c>/run/hostingportal/slots</c>, gone after a reboot like everything it speaks of.</param>
internal sealed class SlotRegistry(string folder)
{
    private readonly string _lockPath = Path.Combine(folder, "lock");

    /// <summary>
    /// Takes a slot for this process: the one this data folder had before, so that its servers keep their addresses, or one no other folder
    /// counts on.
    /// </summary>
    /// <param name="dataFolder">Absolute path of the sandbox's data.</param>
    /// <param name="clean">Removes what a dead owner left in a slot.</param>
    /// <param name="ct">Stops waiting for the lock.</param>
    /// <exception cref="LabException">The data folder is in use by a living process, or no slot is free.</exception>
    public async Task<Slot> ClaimAsync(string dataFolder, Func<Slot, Task> clean, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        using var held = await LockAsync(ct);
        var owners = new Dictionary<int, SlotOwner>();
        for (var number = 1; number <= Slot.Last; number++)
        {
            if (Read(number) is not { } owner)
            {
                continue;
            }

            if (!owner.IsAlive && !owner.Released)
            {
                await clean(new Slot(number));
                owner = owner with { Released = true };
                Write(number, owner);
            }

            owners[number] = owner;
        }

        var slot = Choose(owners, dataFolder);
        Write(slot.Number, SlotOwner.Current(dataFolder));
        await File.WriteAllTextAsync(Path.Combine(dataFolder, "slot"), $"{slot.Number}\n", ct);
        return slot;
    }

    /// <summary>Marks the slot as taken down; its number stays with the data folder while others are free.</summary>
    public async Task ReleaseAsync(Slot slot, CancellationToken ct)
    {
        using var held = await LockAsync(ct);
        if (Read(slot.Number) is { } owner && owner.Pid == Environment.ProcessId)
        {
            Write(slot.Number, owner with { Released = true });
        }
    }

    private static Slot Choose(Dictionary<int, SlotOwner> owners, string dataFolder)
    {
        var remembered = Path.Combine(dataFolder, "slot");
        if (File.Exists(remembered) && int.TryParse(File.ReadAllText(remembered), out var before) && before is > 0 and <= Slot.Last)
        {
            if (owners.TryGetValue(before, out var holder) && holder.IsAlive)
            {
                throw new LabException(
                    $"The servers in {dataFolder} have addresses of block {before}, which process {holder.Pid} (data in {holder.Folder}) uses. " +
                    "Stop it first, or use another data folder.");
            }

            return new Slot(before);
        }

        var numbers = Enumerable.Range(1, Slot.Last).ToList();
        var free = numbers.Find(number => !owners.TryGetValue(number, out var owner) || (!owner.IsAlive && !Directory.Exists(owner.Folder)));
        free = free != 0 ? free : numbers.Find(number => !owners[number].IsAlive);
        return free != 0 ? new Slot(free) : throw new LabException($"All {Slot.Last} address blocks are used by running sandboxes.");
    }

    private SlotOwner? Read(int number)
    {
        var path = Path.Combine(folder, $"{number}.json");
        return File.Exists(path) ? JsonSerializer.Deserialize<SlotOwner>(File.ReadAllText(path)) : null;
    }

    private void Write(int number, SlotOwner owner)
    {
        var path = Path.Combine(folder, $"{number}.json");
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(owner));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(_lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(50, ct);
            }
        }
    }
}
