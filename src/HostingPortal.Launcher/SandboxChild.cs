using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.Launcher;

/// <summary>The cloud sandbox as a child process.</summary>
internal sealed class SandboxChild(Child child, Uri api, JsonElement info) : IAsyncDisposable
{
    /// <summary>E.g. <c>http://127.0.0.1:41234/v1</c>.</summary>
    public Uri Api { get; } = api;

    public Uri Control => new(Api, "/_sandbox/");

    /// <summary>Address of this machine as lab servers see it.</summary>
    public string Gateway => Text("gateway");

    public string AcmeDirectory => Text("acme", "directory");

    public string AcmeCa => Text("acme", "caPem");

    public string AcmeRoot => Text("acme", "rootPem");

    public string Dns => $"{Text("dns", "address")}:{info.GetProperty("dns").GetProperty("port").GetInt32().ToString(CultureInfo.InvariantCulture)}";

    public static async Task<SandboxChild> StartAsync(Places places, int portalPort, Progress progress, CancellationToken ct)
    {
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var child = Child.Start(
            "sandbox", places,
            ["dotnet", places.Sandbox, "--port", "0", "--data", places.SandboxData, "--host-ports", portalPort.ToString(CultureInfo.InvariantCulture)],
            line: line =>
            {
                if (line.StartsWith("listening on ", StringComparison.Ordinal))
                {
                    ready.TrySetResult(new Uri(line["listening on ".Length..]));
                }
                else
                {
                    progress.Note(line);
                }
            });
        while (!ready.Task.IsCompleted)
        {
            if (child.HasExited)
            {
                throw new LaunchException($"The cloud sandbox ended while starting:\n{child.Tail()}");
            }

            await Task.WhenAny(ready.Task, Task.Delay(200, ct));
            ct.ThrowIfCancellationRequested();
        }

        var api = await ready.Task;
        using var http = new HttpClient();
        var info = await http.GetFromJsonAsync<JsonElement>(new Uri(api, "/_sandbox/info"), ct);
        if (!info.GetProperty("machines").GetProperty("real").GetBoolean())
        {
            throw new LaunchException($"Lab servers cannot run here: {info.GetProperty("machines").GetProperty("reason").GetString()} The portal itself works without them, with a token of a real Hetzner project: docs/operations.md says how it is installed.");
        }

        return new SandboxChild(child, api, info);
    }

    public string? Ending => child.Ending;

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private string Text(params string[] path) => path.Aggregate(info, (at, name) => at.GetProperty(name)).GetString() ?? "";
}
