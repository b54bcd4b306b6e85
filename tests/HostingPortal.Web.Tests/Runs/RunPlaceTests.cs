using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Runs;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

public sealed class RunPlaceTests
{
    [Theory]
    [InlineData("#t24", 24, null, 0, 0)]
    [InlineData("#t24-web-3", 24, "web-3", 0, 0)]
    [InlineData("#L613", 0, null, 613, 613)]
    [InlineData("#L640-L613", 0, null, 613, 640)]
    public void Parse_Place_AndBack(string fragment, int task, string? node, int from, int to)
    {
        var place = RunPlace.Parse(fragment)!;
        Assert.Equal(new RunPlace(task, node, from, to), place);
        Assert.Equal(place, RunPlace.Parse(place.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("#main")]
    [InlineData("#t")]
    [InlineData("#t0")]
    [InlineData("#L99999999999")]
    [InlineData("#L1x")]
    public void Parse_AnythingElse_IsNoPlace(string? fragment) => Assert.Null(RunPlace.Parse(fragment));

    [Fact]
    public void Cut_HitsAcrossColours_AreMarkedInEachPiece()
    {
        var pieces = RunHighlights.Cut(AnsiSpans.Parse("a \u001b[31mred\u001b[0m hat, Red"), RunLogMatcher.Of("ed h", regex: false));
        Assert.Equal(["a |", "r|", "ed*", " h*", "at, Red|"], pieces.Select(p => p.Text + (p.Hit ? "*" : "|")));
    }

    [Fact]
    public void Search_Steps_GoRoundAndCountOn()
    {
        var search = new RunSearchState();
        search.Start("x", false, RunLogMatcher.Of("x", false));
        search.Take(new RunLogHits([3, 9], 10, Done: false));
        Assert.True(search.Busy);
        search.Take(new RunLogHits([12], 20, Done: true));
        Assert.Equal([3, 9, 12, 3], Enumerable.Range(0, 4).Select(_ => search.Next(0) ?? 0));
        Assert.Equal(1, search.Position);
        Assert.Equal(12, search.Previous(int.MaxValue));
        Assert.False(search.GoesOn(20));
        Assert.True(search.GoesOn(21));
    }

    [Fact]
    public void Say_SeveralWithinFiveSeconds_SaysTheNewestLater()
    {
        var time = new Clock();
        var announcer = new RunAnnouncer(time);
        announcer.Say("one");
        announcer.Say("two");
        announcer.Say("three");
        Assert.Equal("one", announcer.Said);
        Assert.Equal(RunAnnouncer.Pause, announcer.Due);
        time.Now += RunAnnouncer.Pause;
        announcer.Speak();
        Assert.Equal("three", announcer.Said);
        Assert.Null(announcer.Due);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
