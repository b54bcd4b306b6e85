using System.Diagnostics;
using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Tests.Machines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Dns;

/// <summary>Asked with dig over real sockets; no machines are needed for it.</summary>
public sealed class DnsServerTests : IAsyncLifetime
{
    private readonly FakeZones _zones = new();
    private IHost? _host;

    public async ValueTask InitializeAsync()
    {
        _host = await LabFixture.StartHostAsync(new LabOptions { Machines = false, Acme = false }, _zones);
        _zones.Add(
            "example.test",
            new ZoneRecord("example.test", "A", 300, "198.18.1.10"),
            new ZoneRecord("example.test", "AAAA", 300, "2001:db8:1:1::1"),
            new ZoneRecord("example.test", "MX", 300, "10 mail.example.test."),
            new ZoneRecord("www.example.test", "CNAME", 300, "example.test."),
            new ZoneRecord("away.example.test", "CNAME", 300, "elsewhere.invalid."),
            new ZoneRecord("*.wild.example.test", "A", 60, "198.18.1.11"),
            new ZoneRecord("deep.below.example.test", "TXT", 60, "\"one; two\" \"three \\\"quoted\\\"\""),
            new ZoneRecord("sub.example.test", "NS", 300, "ns1.other.test."),
            new ZoneRecord("_443._tcp.example.test", "TLSA", 300, "3 1 1 0B9FA5A59EED715C26C1020C711B4F6EC42D58B0015E14337A39DAD301C5AFC3"),
            new ZoneRecord("example.test", "CAA", 300, "0 issue \"letsencrypt.org\""),
            new ZoneRecord("_sip._tcp.example.test", "SRV", 300, "10 5 5060 example.test."));
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    [Theory]
    [InlineData("example.test A", "198.18.1.10")]
    [InlineData("EXAMPLE.test AAAA", "2001:db8:1:1::1")]
    [InlineData("example.test MX", "10 mail.example.test.")]
    [InlineData("www.example.test A", "example.test.\n198.18.1.10")]
    [InlineData("away.example.test A", "elsewhere.invalid.")]
    [InlineData("any.wild.example.test A", "198.18.1.11")]
    [InlineData("a.b.wild.example.test A", "198.18.1.11")]
    [InlineData("deep.below.example.test TXT", "\"one; two\" \"three \\\"quoted\\\"\"")]
    [InlineData("_443._tcp.example.test TLSA", "3 1 1 0B9FA5A59EED715C26C1020C711B4F6EC42D58B0015E14337A39DAD3 01C5AFC3")]
    [InlineData("example.test CAA", "0 issue \"letsencrypt.org\"")]
    [InlineData("_sip._tcp.example.test SRV", "10 5 5060 example.test.")]
    [InlineData("example.test NS", "helium.ns.hetzner.de.\nhydrogen.ns.hetzner.com.\noxygen.ns.hetzner.com.")]
    public async Task Question_InAZone_IsAnswered(string question, string expected)
    {
        foreach (var transport in (string[])["+notcp", "+tcp"])
        {
            var answer = await DigAsync(["+short", transport, .. question.Split(' ')]);
            IEnumerable<string> lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines = question.EndsWith("NS", StringComparison.Ordinal) ? lines.Order(StringComparer.Ordinal) : lines;
            Assert.Equal(expected, string.Join('\n', lines));
        }
    }

    [Theory]
    [InlineData("none.example.test A", "NXDOMAIN", true)]
    [InlineData("example.test TXT", "NOERROR", true)]
    [InlineData("below.example.test A", "NOERROR", true)]
    [InlineData("wild.example.test A", "NOERROR", true)]
    [InlineData("any.wild.example.test TXT", "NOERROR", true)]
    [InlineData("elsewhere.invalid A", "REFUSED", false)]
    [InlineData("test A", "REFUSED", false)]
    public async Task Question_WithoutAnAnswer_SaysWhyAndForHowLong(string question, string status, bool soa)
    {
        var answer = await DigAsync(question.Split(' '));

        Assert.Contains($"status: {status}", answer, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 0", answer, StringComparison.Ordinal);
        Assert.Equal(soa, answer.Contains("SOA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delegation_BelowTheZone_IsReferred()
    {
        var answer = await DigAsync("host.sub.example.test", "A");

        Assert.Contains("ns1.other.test.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("flags: qr aa", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_GivesOneSmallRecord() =>
        Assert.Contains("HINFO\t\"RFC8482\"", await DigAsync("+notcp", "example.test", "ANY"), StringComparison.Ordinal);

    [Fact]
    public async Task Change_IsAnsweredAtOnceAndAppends()
    {
        var watch = Stopwatch.StartNew();
        _zones.Add("example.test", new ZoneRecord("_acme-challenge.example.test", "TXT", 60, "\"one\""));
        Assert.Equal("\"one\"", (await DigAsync("+short", "_acme-challenge.example.test", "TXT")).Trim());

        _zones.Add("example.test", new ZoneRecord("_acme-challenge.example.test", "TXT", 60, "\"two\""));
        Assert.Equal(2, (await DigAsync("+short", "_acme-challenge.example.test", "TXT")).Trim().Split('\n').Length);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 3);
    }

    [Fact]
    public async Task LongAnswer_OverUdp_IsTruncatedAndWholeOverTcp()
    {
        var texts = Enumerable.Range(0, 60).Select(n => $"\"{n} {new string('x', 200)}\"");
        _zones.Add("example.test", [.. texts.Select(text => new ZoneRecord("many.example.test", "TXT", 60, text))]);

        Assert.Contains("flags: qr aa tc", await DigAsync("+notcp", "+ignore", "many.example.test", "TXT"), StringComparison.Ordinal);
        Assert.Contains("ANSWER: 60", await DigAsync("many.example.test", "TXT"), StringComparison.Ordinal);
    }

    private async Task<string> DigAsync(params string[] words)
    {
        var port = _host!.Services.GetRequiredService<LabInfo>().Dns!.Split(':')[1];
        var result = await Shell.TryAsync(["dig", "@127.0.0.1", "-p", port, "+time=2", "+tries=1", .. words], CancellationToken.None);
        Assert.Equal(0, result.ExitCode);
        return result.StandardOutput;
    }
}
