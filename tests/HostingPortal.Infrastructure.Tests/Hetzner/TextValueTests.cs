using HostingPortal.Infrastructure.Hetzner;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Hetzner;

public sealed class TextValueTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("with \"quotes\" and \\ and ; and spaces")]
    [InlineData("ü€\t\n")]
    public void Read_Quoted_GivesTheTextBack(string text) => Assert.Equal(text, TextValue.Read(TextValue.Quote(text)));

    [Fact]
    public void Quote_Long_MakesPartsOf255Bytes()
    {
        var text = new string('a', 600);
        Assert.Equal($"\"{new string('a', 255)}\" \"{new string('a', 255)}\" \"{new string('a', 90)}\"", TextValue.Quote(text));
        Assert.Equal(text, TextValue.Read(TextValue.Quote(text)));
    }
}
