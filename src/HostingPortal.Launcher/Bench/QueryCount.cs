using System.Collections.Concurrent;
using System.Text.Json;

namespace HostingPortal.Launcher.Bench;

/// <summary>
/// Counts the SQL commands of each request from the portal's log. Sample of a line: <c>{"@t":"…","@m":"Executed DbCommand (1ms) …","@i":"…","@tr":"0af7…","SourceContext":
/// "Microsoft.EntityFrameworkCore.Database.Command"}</c>; <c>@tr</c> is the trace the request came with.
/// </summary>
internal sealed class QueryCount
{
    /// <summary>Makes the portal write those lines.</summary>
    public static KeyValuePair<string, string> Setting { get; } = new("Serilog__MinimumLevel__Override__Microsoft.EntityFrameworkCore.Database.Command", "Information");

    private readonly ConcurrentDictionary<string, int> counts = new();

    public void Take(string line)
    {
        if (line.Contains("Executed DbCommand", StringComparison.Ordinal) && line.Contains("\"@tr\"", StringComparison.Ordinal))
        {
            using var entry = JsonDocument.Parse(line);
            counts.AddOrUpdate(entry.RootElement.GetProperty("@tr").GetString()!, 1, (_, count) => count + 1);
        }
    }

    public int Of(string trace) => counts.GetValueOrDefault(trace);
}
