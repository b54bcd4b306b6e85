using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Tests.Shared;

public sealed class RelativeWordsTests : Pages
{
    private static readonly DateTime Now = new(2026, 11, 24, 14, 32, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(2, "now")]
    [InlineData(22, "22 s ago")]
    [InlineData(34 * 60, "34 min ago")]
    [InlineData(2 * 3600, "2 h ago")]
    [InlineData(22 * 3600, "yesterday 16:32")]
    public void For_Age_ReadsAsPeopleSayIt(int seconds, string words) => Assert.Equal(words, RelativeWords.For(Now.AddSeconds(-seconds), Now, T));

    [Theory]
    [InlineData(4.1, "4.1 s")]
    [InlineData(74, "1:14")]
    [InlineData(7500, "2 h 05")]
    public void Duration_Span_IsShort(double seconds, string words) => Assert.Equal(words, RelativeWords.Duration(TimeSpan.FromSeconds(seconds)));
}
