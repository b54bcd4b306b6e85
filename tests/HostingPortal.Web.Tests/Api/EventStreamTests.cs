using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Api;
using HostingPortal.Web.Tests.Browser;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>A run's events as a browser's EventSource reads them.</summary>
[Collection(PortalCollection.Name)]
public sealed class EventStreamTests(PortalHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_OfARunningRun_ComeInOrderAndEndWithItsState()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        await run.WriteAsync([EventText.Play(1), EventText.Task(1, "base", "Install packages")]);
        using var client = await AdminAsync();
        using var reader = await OpenAsync(client, run, null);
        Assert.Equal([(1, "play"), (2, "task")], [await NextAsync(reader), await NextAsync(reader)]);
        foreach (var n in Enumerable.Range(3, 40))
        {
            await run.WriteAsync(EventText.Line($"line {n}"));
            Assert.Equal((n, "line"), await NextAsync(reader));
        }

        await run.EndAsync(RunState.Failed);
        Assert.Equal("event: run-ended", await reader.ReadLineAsync(Ct));
        Assert.Contains("\"state\":\"failed\"", await reader.ReadLineAsync(Ct), StringComparison.Ordinal);
        Assert.Equal("\n", await reader.ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task Events_OpenedAgain_GoOnAfterTheLastOneSeen()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        await run.WriteAsync([EventText.Play(1), .. Enumerable.Range(2, 20).Select(n => EventText.Line($"line {n}"))]);
        using var client = await AdminAsync();
        using var reader = await OpenAsync(client, run, lastSeen: 7);
        Assert.Equal(8, (await NextAsync(reader)).Seq);
    }

    [Fact]
    public async Task Events_TextWithLineBreaks_StaysOneEvent()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        await run.WriteAsync([EventText.Line("one\r\n\r\nevent: run-ended\ndata: {}\n\n"), EventText.Line("two")]);
        using var client = await AdminAsync();
        using var reader = await OpenAsync(client, run, null);
        Assert.Equal([(1, "line"), (2, "line")], [await NextAsync(reader), await NextAsync(reader)]);
    }

    /// <summary>A reader that leaves is no failure, and the source is let go in order.</summary>
    [Fact]
    public async Task Write_ReaderLeavesWhileNothingHappens_EndsAsCanceled()
    {
        using var gone = new CancellationTokenSource();
        var (waiting, ended) = (new TaskCompletionSource(), false);
        var writing = EventStream.WriteAsync(new DefaultHttpContext().Response, Events(gone.Token), () => throw new InvalidOperationException("It has not ended."), gone.Token);
        await waiting.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.True(ended);

        async IAsyncEnumerable<RunEvent> Events([EnumeratorCancellation] CancellationToken ct)
        {
            try
            {
                yield return RunEvent.Adopt(EventText.Line("one"), 1)!;
                waiting.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
            finally
            {
                await Task.Yield();
                ended = true;
            }
        }
    }

    [Fact]
    public async Task Events_OfAnotherClient_AreNotThere()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        var other = await Tenant.CreateAsync(host, "ev" + Guid.NewGuid().ToString("n")[..8], Ct);
        using var client = await host.ClientAsync(other.OwnerId);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri($"/api/v1/runs/{run.Id}/events", UriKind.Relative), Ct)).StatusCode);
    }

    private async Task<HttpClient> AdminAsync() =>
        await host.ClientAsync(await Tenant.CreateUserAsync(host, $"{Guid.NewGuid():n}@events.example", Domain.Clients.PortalRole.Admin, null, Ct));

    private static async Task<StreamReader> OpenAsync(HttpClient client, LiveRun run, int? lastSeen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run.Id}/events");
        if (lastSeen is { } seen)
        {
            request.Headers.Add("Last-Event-ID", seen.ToString(CultureInfo.InvariantCulture));
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
    }

    /// <summary>The next event, comments left out: <c>id: 7</c>, <c>event: line</c>, <c>data: {…}</c>, an empty line.</summary>
    private static async Task<(int Seq, string Kind)> NextAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Ct) is { } line && (line.Length > 0 || lines.Count == 0))
        {
            if (line.Length > 0 && line[0] != ':')
            {
                lines.Add(line);
            }
        }

        Assert.Equal(["id: ", "event: ", "data: "], lines.Select(l => l[..(l.IndexOf(':', StringComparison.Ordinal) + 2)]));
        return (int.Parse(lines[0][4..], CultureInfo.InvariantCulture), lines[1][7..]);
    }
}
