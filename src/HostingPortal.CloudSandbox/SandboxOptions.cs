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

    /// <summary>TCP ports of this machine that lab servers may reach at the gateway, e.g. the portal's.</summary>
    public IReadOnlyList<int> HostPorts { get; init; } = [];

    /// <summary>Port of the DNS server on 127.0.0.1; 0 takes a free one.</summary>
    public int DnsPort { get; init; }

    /// <summary>Run an ACME server, where Pebble is installed.</summary>
    public bool Acme { get; init; }

    /// <summary>Reads <c>--port N [--no-machines] [--legacy] [--data DIR] [--rate-limit N] [--host-ports N,N] [--dns-port N]</c>.</summary>
    /// <exception cref="ArgumentException">An unknown option or a missing value.</exception>
    public static SandboxOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SandboxOptions { Machines = true, Acme = true };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--port" => options with { Port = Number(args, ++i, 65535) },
                "--no-machines" => options with { Machines = false },
                "--legacy" => options with { Legacy = true },
                "--data" => options with { DataDirectory = Path.GetFullPath(Value(args, ++i)) },
                "--host-ports" => options with { HostPorts = Ports(args, ++i) },
                "--dns-port" => options with { DnsPort = Number(args, ++i, 65535) },
                "--rate-limit" => options with { RateLimit = Number(args, ++i, int.MaxValue) },
                _ => throw new ArgumentException($"unknown option {args[i]}; known are --port N --no-machines --legacy --data DIR --rate-limit N --host-ports N,N --dns-port N"),
            };
        }

        return options;
    }

    internal Machines.LabOptions ToLab() =>
        new() { Machines = Machines, DataDirectory = DataDirectory, HostPorts = HostPorts, DnsPort = DnsPort, Acme = Acme };

    private static List<int> Ports(IReadOnlyList<string> args, int index) =>
        [.. Value(args, index).Split(',').Select(text => int.TryParse(text, out var port) && port is > 0 and <= 65535
            ? port
            : throw new ArgumentException($"{args[index - 1]} needs ports with commas between, e.g. 5080,5443"))];

    private static string Value(IReadOnlyList<string> args, int index) =>
        index < args.Count ? args[index] : throw new ArgumentException($"{args[index - 1]} needs a value");

    private static int Number(IReadOnlyList<string> args, int index, int max) =>
        int.TryParse(Value(args, index), out var number) && number >= 0 && number <= max
            ? number
            : throw new ArgumentException($"{args[index - 1]} needs a number up to {max}");
}
