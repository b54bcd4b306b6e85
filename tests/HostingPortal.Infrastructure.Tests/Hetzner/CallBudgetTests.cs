using System.Net.Http.Headers;
using HostingPortal.Domain.Runs;
using HostingPortal.Infrastructure.Hetzner.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Hetzner;

/// <summary>A fifth of the hour's calls is kept for people; runs wait for the bucket to fill again, never until it is full.</summary>
public sealed class CallBudgetTests
{
    private static readonly AuthenticationHeaderValue Token = new("Bearer", "one"), Other = new("Bearer", "two");
    private readonly FakeTimeProvider clock = new();
    private int left = 3000;

    [Fact]
    public void Pause_LessThanAFifthLeft_IsUntilTheFifthIsThereAgain()
    {
        var budget = new CallBudget(clock);
        Assert.Equal(TimeSpan.Zero, budget.Pause(Token));
        budget.Learn(Token, Answer(3600, 700).Headers);
        Assert.Equal(TimeSpan.FromSeconds(21), budget.Pause(Token));
        Assert.Equal(TimeSpan.Zero, budget.Pause(Other));
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(TimeSpan.FromSeconds(10), budget.Pause(Token));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, budget.Pause(Token));
        budget.Learn(Token, new HttpResponseMessage().Headers);
        budget.Learn(Token, Answer(3600, 3599).Headers);
        Assert.Equal(TimeSpan.Zero, budget.Pause(Token));
    }

    [Fact]
    public async Task Call_OfARunWhileLittleIsLeft_Waits_AndAPersonsGoesAtOnce()
    {
        using var client = new HttpClient(new CallBudgetHandler(new CallBudget(clock), clock, NullLogger<CallBudgetHandler>.Instance) { InnerHandler = new Bucket(this) });
        left = 718;
        await CallAsync(client);
        var run = Task.Run(() =>
        {
            RunWork.Begin();
            return CallAsync(client);
        });
        await CallAsync(client);
        Assert.False(run.IsCompleted);
        for (var second = 0; second < 10 && !run.IsCompleted; second++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            Assert.False(second < 2 && run.IsCompleted, "it did not wait for the three calls that were missing");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await run.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(RunWork.IsCurrent);
    }

    private static async Task CallAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://cloud.example/v1/actions") { Headers = { Authorization = Token } };
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static HttpResponseMessage Answer(int limit, int remaining) => new()
    {
        Headers = { { "RateLimit-Limit", $"{limit}" }, { "RateLimit-Remaining", $"{remaining}" }, { "RateLimit-Reset", "1790000000" } },
    };

    private sealed class Bucket(CallBudgetTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Answer(3600, Interlocked.Decrement(ref test.left)));
    }
}
