using HostingPortal.Domain;
using HostingPortal.Infrastructure.Names;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Names;

public sealed class DnsNameLookupTests
{
    [Fact]
    public async Task GetText_NoServerAnswers_SaysUnreachable()
    {
        var options = new NameLookupOptions { Timeout = TimeSpan.FromMilliseconds(200), Resolvers = { "127.0.0.1:9" } };
        var lookup = new DnsNameLookup(Options.Create(options));
        var e = await Assert.ThrowsAsync<OutsideException>(() => lookup.GetTextAsync("example.test", TestContext.Current.CancellationToken));
        Assert.Equal("dns.unreachable", e.Code);
        Assert.True(e.Transient);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("not an address")]
    public void Validate_ResolverWithoutAddress_IsNamed(string resolver)
    {
        var result = new NameLookupOptionsCheck().Validate(null, new NameLookupOptions { Resolvers = { resolver } });
        Assert.Contains(resolver, result.FailureMessage, StringComparison.Ordinal);
    }
}
