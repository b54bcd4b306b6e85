using System.Net;
using HostingPortal.Domain.Notifications;
using Xunit;

namespace HostingPortal.Domain.Tests.Notifications;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("http://hooks.example.com/a", "Channel.UrlForm")]
    [InlineData("ftp://hooks.example.com/a", "Channel.UrlForm")]
    [InlineData("file:///etc/passwd", "Channel.UrlForm")]
    [InlineData("hooks.example.com", "Channel.UrlForm")]
    [InlineData("https://user:word@hooks.example.com/", "Channel.UrlForm")]
    [InlineData("https://hooks.example.com%0a@10.0.0.1/", "Channel.UrlForm")]
    [InlineData("https://hooks.example.com/\u0000", "Channel.UrlForm")]
    [InlineData("https://hooks.example.com/a\r\nHost: b", "Channel.UrlForm")]
    [InlineData("https:\\\\hooks.example.com\\a", "Channel.UrlForm")]
    [InlineData("https://hooks.example.com/#f", "Channel.UrlForm")]
    [InlineData("https://127.0.0.1/", "Channel.UrlInside")]
    [InlineData("https://127.1/", "Channel.UrlInside")]
    [InlineData("https://0x7f000001/", "Channel.UrlInside")]
    [InlineData("https://2130706433/", "Channel.UrlInside")]
    [InlineData("https://0177.0.0.1/", "Channel.UrlInside")]
    [InlineData("https://[::1]/", "Channel.UrlInside")]
    [InlineData("https://[::ffff:169.254.169.254]/", "Channel.UrlInside")]
    [InlineData("https://[::ffff:7f00:1]/", "Channel.UrlInside")]
    [InlineData("https://[64:ff9b::10.0.0.1]/", "Channel.UrlInside")]
    [InlineData("https://[fe80::1%25eth0]/", "Channel.UrlInside")]
    [InlineData("https://169.254.169.254/hetzner/v1/userdata", "Channel.UrlInside")]
    [InlineData("https://localhost./", "Channel.UrlInside")]
    [InlineData("https://db.internal/", "Channel.UrlInside")]
    [InlineData("https://intranet/", "Channel.UrlInside")]
    [InlineData("https://10.0.0.2:3306/", "Channel.UrlInside")]
    [InlineData("https://Portal.Example.Net/api", "Channel.UrlInside")]
    [InlineData("https://portal.example.net./api", "Channel.UrlInside")]
    [InlineData("https://ⓛocalhost/", "Channel.UrlInside")]
    [InlineData("https://１２７.０.０.１/", "Channel.UrlInside")]
    public void Parse_Hostile_IsRefused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolationException>(() => WebhookAddress.Parse(text, host => host == "portal.example.net")).Code);

    [Theory]
    [InlineData("https://hooks.example.com/services/T0/B0/x?y=1")]
    [InlineData("https://bücher.example.com/")]
    [InlineData("https://93.184.216.34/hook")]
    [InlineData("https://[2606:2800:220:1::1]/hook")]
    public void Parse_PublicAddress_Passes(string text) => Assert.Equal("https", WebhookAddress.Parse(text, _ => false).Scheme);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fc00::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:0:a00:1::")]
    [InlineData("2002:a00:1::")]
    public void IsPublic_Inside_IsFalse(string address) => Assert.False(WebhookAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a01:4f8::1")]
    public void IsPublic_Outside_IsTrue(string address) => Assert.True(WebhookAddress.IsPublic(IPAddress.Parse(address)));
}
