using HostingPortal.Domain.Names;
using Xunit;

namespace HostingPortal.Domain.Tests.Names;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.com.", "example.com")]
    [InlineData("  www.Example.COM ", "www.example.com")]
    [InlineData("bücher.de", "xn--bcher-kva.de")]
    [InlineData("Bücher.Example.", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.de", "xn--bcher-kva.de")]
    [InlineData("a-b.c-d.co.uk", "a-b.c-d.co.uk")]
    [InlineData("1.2.example", "1.2.example")]
    public void Parse_AHostName_IsNormalised(string typed, string name) => Assert.Equal(name, DnsName.Parse(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("com")]
    [InlineData("a.com; return 200 pwn; #")]
    [InlineData("*.com")]
    [InlineData("*.a.com")]
    [InlineData("_")]
    [InlineData("_acme-challenge.a.com")]
    [InlineData("default_server")]
    [InlineData("~^(a+)+$")]
    [InlineData("\"\"")]
    [InlineData(".a.com")]
    [InlineData("a..com")]
    [InlineData("a.com..")]
    [InlineData("a.com\n")]
    [InlineData("a.com\nb.com")]
    [InlineData("a.com\0")]
    [InlineData("a.com\t")]
    [InlineData("-a.com")]
    [InlineData("a-.com")]
    [InlineData("a.com/x")]
    [InlineData("a.com:443")]
    [InlineData("user@a.com")]
    [InlineData("127.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    [InlineData("db.localhost")]
    [InlineData("printer.local")]
    [InlineData("1.0.0.127.in-addr.arpa")]
    [InlineData("{{7*7}}.com")]
    [InlineData("$(id).com")]
    [InlineData("a b.com")]
    [InlineData("a.com\u202e")]
    [InlineData("a\u200b.com")]
    [InlineData("\ufeffa.com")]
    public void Parse_NoHostName_IsRefused(string? typed) => Assert.Null(DnsName.Parse(typed));

    [Fact]
    public void Parse_OverlongNameOrLabel_IsRefused()
    {
        Assert.Null(DnsName.Parse(string.Join('.', Enumerable.Repeat("abcdefghi", 25)) + ".abcd"));
        Assert.Null(DnsName.Parse(new string('a', 64) + ".com"));
        Assert.NotNull(DnsName.Parse(new string('a', 63) + ".com"));
    }

    /// <summary>Cyrillic а: it looks like apple.com, and is another name for everybody.</summary>
    [Fact]
    public void Parse_MixedScript_IsShownAsPunycode() => Assert.StartsWith("xn--", DnsName.Parse("\u0430pple.com"), StringComparison.Ordinal);

    [Theory]
    [InlineData("a.example", "a.example", true, "@")]
    [InlineData("www.a.example", "a.example", true, "www")]
    [InlineData("x.www.a.example", "a.example", true, "x.www")]
    public void IsWithin_TheZoneAndBelow_Holds(string name, string zone, bool within, string relative)
    {
        Assert.Equal(within, DnsName.IsWithin(name, zone));
        Assert.Equal(relative, DnsName.RelativeTo(name, zone));
    }

    [Theory]
    [InlineData("ba.example", "a.example")]
    [InlineData("example", "a.example")]
    public void IsWithin_Neighbours_DoesNot(string name, string zone) => Assert.False(DnsName.IsWithin(name, zone));
}
