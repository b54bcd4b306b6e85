namespace HostingPortal.CloudSandbox;

/// <summary>How one simulator runs.</summary>
public sealed record SandboxOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Boot real Debian systems for servers, where this machine can.</summary>
    public bool Machines { get; init; }

    /// <summary>Answer as the API did before 2026-07, for old clients: <c>datacenter</c> in servers, GET /datacenters, old type names.</summary>
    public bool Legacy { get; init; }

    /// <summary>Folder that keeps the state across restarts; null keeps nothing.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Size of a project's bucket of requests; it refills within an hour.</summary>
    public int RateLimit { get; init; } = 3600;

    /// <summary>Shortest time an action takes from its start to its end.</summary>
    public TimeSpan ActionDuration { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads <c>--port N [--no-machines] [--legacy] [--data DIR] [--rate-limit N]</c>.</summary>
    /// <exception cref="ArgumentException">An unknown option or a missing value.</exception>
    public static SandboxOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SandboxOptions { Machines = true };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--port" => options with { Port = Number(args, ++i, 65535) },
                "--no-machines" => options with { Machines = false },
                "--legacy" => options with { Legacy = true },
                "--data" => options with { DataDirectory = Path.GetFullPath(Value(args, ++i)) },
                "--rate-limit" => options with { RateLimit = Number(args, ++i, int.MaxValue) },
                _ => throw new ArgumentException($"unknown option {args[i]}; known are --port N --no-machines --legacy --data DIR --rate-limit N"),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> args, int index) =>
        index < args.Count ? args[index] : throw new ArgumentException($"{args[index - 1]} needs a value");

    private static int Number(IReadOnlyList<string> args, int index, int max) =>
        int.TryParse(Value(args, index), out var number) && number >= 0 && number <= max
            ? number
            : throw new ArgumentException($"{args[index - 1]} needs a number up to {max}");
}
