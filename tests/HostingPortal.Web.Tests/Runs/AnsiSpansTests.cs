using HostingPortal.Web.Components.Runs;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

public sealed class AnsiSpansTests
{
    [Fact]
    public void Parse_Colours_BecomeStylesOfTheirPieces() =>
        Assert.Equal(
            [new AnsiSpan("a ", null), new AnsiSpan("red", "ansi-31 strong"), new AnsiSpan(" b", null)],
            AnsiSpans.Parse("a \u001b[1;31mred\u001b[0m b"));

    [Theory]
    [InlineData("\u001b[2J\u001b[Hx\u0007", "x")]
    [InlineData("\u001b]0;title", "0;title")]
    [InlineData("\u001b[31", "")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    public void Parse_OtherSequences_AreDroppedAndTextStaysText(string line, string text) =>
        Assert.Equal(text, string.Concat(AnsiSpans.Parse(line).Select(s => s.Text)));
}
