using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Launcher.Bench;

/// <summary>A page that is live without a browser: takes over what was drawn first, acknowledges every drawing and answers the calls of scripts with nothing.</summary>
internal sealed partial class LivePage : IAsyncDisposable
{
    private static readonly byte[] NoRoom = Encoding.UTF8.GetBytes("too many pages open");
    private readonly HubConnection connection;
    private readonly TaskCompletionSource drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LivePage(HubConnection connection) => this.connection = connection;

    /// <summary>The portal said that this person has too many pages open.</summary>
    public bool Refused { get; private set; }

    /// <param name="html">The page as it was drawn first.</param>
    /// <param name="http">What the connection is made with, from an address of its own.</param>
    /// <exception cref="LaunchException">The portal did not make the page live within a minute.</exception>
    public static async Task<LivePage> TakeOverAsync(Uri page, string html, string cookies, HttpMessageInvoker http, CancellationToken ct)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(page, "/_blazor"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            options.WebSocketFactory = async (context, cancel) =>
            {
                var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Cookie", cookies);
                socket.Options.SetRequestHeader("Origin", new Uri(page, "/").ToString().TrimEnd('/'));
                await socket.ConnectAsync(context.Uri, http, cancel);
                return socket;
            };
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        var live = new LivePage(builder.Build());
        try
        {
            live.Answer();
            await live.StartAsync(page, html, ct);
            return live;
        }
        catch
        {
            await live.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task StartAsync(Uri page, string html, CancellationToken ct)
    {
        await connection.StartAsync(ct);
        var state = State().Match(html).Groups[1].Value;
        var secret = await connection.InvokeAsync<string?>("StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", state, ct);
        if (secret is null)
        {
            throw new LaunchException($"{page} got no circuit.");
        }

        var operations = Marker().Matches(html).Select(m => JsonNode.Parse(m.Groups[1].Value)!).Where(m => m["descriptor"] is not null)
            .Select((marker, at) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = at + 1, ["marker"] = marker });
        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. operations]) };
        await connection.SendAsync("UpdateRootComponents", batch.ToJsonString(), state, ct);
        if (await Task.WhenAny(drawn.Task, Task.Delay(TimeSpan.FromMinutes(1), ct)) != drawn.Task)
        {
            throw new LaunchException($"{page} did not become live within a minute.");
        }
    }

    private void Answer()
    {
        connection.On<long, byte[]>("JS.RenderBatch", async (number, drawing) =>
        {
            Refused |= drawing.AsSpan().IndexOf(NoRoom) >= 0;
            await connection.SendAsync("OnRenderCompleted", number, null);
        });
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", async (call, what, _, _, _, _) =>
        {
            if (what == "portalLive")
            {
                drawn.TrySetResult();
            }

            if (call != 0)
            {
                await connection.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,null]");
            }
        });
        connection.Closed += _ =>
        {
            drawn.TrySetException(new LaunchException("The portal closed the connection of a page."));
            return Task.CompletedTask;
        };
    }

    [GeneratedRegex("<!--Blazor:({.*?})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^-]+)-->")]
    private static partial Regex State();
}
