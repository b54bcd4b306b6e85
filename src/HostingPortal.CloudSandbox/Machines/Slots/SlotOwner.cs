using System.Globalization;
using System.Text.Json.Serialization;

namespace HostingPortal.CloudSandbox.Machines.Slots;

/// <summary>Who holds a slot. A process id alone may be used again, so its start time belongs to it.</summary>
/// <param name="StartTime">Clock ticks since boot, field 22 of <c>/proc/PID/stat</c>.</param>
/// <param name="Folder">The data folder whose servers carry the slot's addresses.</param>
/// <param name="Released">True once everything of the slot was taken down.</param>
internal sealed record SlotOwner(int Pid, long StartTime, string Folder, bool Released)
{
    public static SlotOwner Current(string folder) =>
        new(Environment.ProcessId, StartTimeOf(Environment.ProcessId) ?? 0, folder, Released: false);

    [JsonIgnore]
    public bool IsAlive => !Released && StartTimeOf(Pid) == StartTime;

    /// <summary>Reads e.g. <c>812 (dotnet) S 1 … 22107 …</c>; the name may hold spaces and brackets. Null without such a process.</summary>
    private static long? StartTimeOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
