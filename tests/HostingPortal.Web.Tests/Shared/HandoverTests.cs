using HostingPortal.Web.Components.Shared;
using Xunit;

namespace HostingPortal.Web.Tests.Shared;

/// <summary>What the first drawing of a page leaves for the live one.</summary>
public sealed class HandoverTests
{
    private readonly Clock clock = new();
    private readonly HandoverShelf shelf;

    public HandoverTests() => shelf = new HandoverShelf(clock);

    [Fact]
    public void Take_BySameSession_GetsEachValueOnce()
    {
        var live = Live(Drawn("a", 1, "b", 2));
        Assert.True(live.TryTake<int>("a", out var a));
        Assert.Equal(1, a);
        Assert.False(live.TryTake<int>("a", out _));
        Assert.True(live.TryTake<int>("b", out _));
    }

    [Fact]
    public void Take_SecondConnectionOfThePage_ReadsAnew()
    {
        var drawn = Drawn("a", 1);
        Assert.True(Live(drawn).TryTake<int>("a", out _));
        Assert.False(Live(drawn).TryTake<int>("a", out _));
    }

    [Theory]
    [InlineData("session-2")]
    [InlineData(null)]
    public void Take_ByAnotherSession_GetsNothing(string? session) => Assert.False(Live(Drawn("a", 1), session).TryTake<int>("a", out _));

    [Fact]
    public void Take_TwoValuesUnderOneKey_GetsNeither() => Assert.False(Live(Drawn("a", 1, "a", 2)).TryTake<int>("a", out _));

    [Fact]
    public void Take_OfAnotherType_GetsNothing() => Assert.False(Live(Drawn("a", 1)).TryTake<string>("a", out _));

    [Fact]
    public void Take_AfterTheLivePageIsDrawn_GetsNothing()
    {
        var live = Live(Drawn("a", 1));
        live.Close();
        Assert.False(live.TryTake<int>("a", out _));
    }

    [Fact]
    public void Take_TooLate_GetsNothing()
    {
        var drawn = Drawn("a", 1);
        clock.Now = clock.Now.AddSeconds(20);
        Assert.False(Live(drawn).TryTake<int>("a", out _));
    }

    private Handover Drawn(params object[] pairs)
    {
        var drawn = new Handover(shelf) { Session = "session-1" };
        for (var i = 0; i < pairs.Length; i += 2)
        {
            drawn.Keep((string)pairs[i], pairs[i + 1]);
        }

        return drawn;
    }

    private Handover Live(Handover drawn, string? session = "session-1") => new(shelf) { Ticket = drawn.Ticket, Session = session };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
