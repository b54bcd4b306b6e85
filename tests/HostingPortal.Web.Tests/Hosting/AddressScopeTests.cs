using HostingPortal.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace HostingPortal.Web.Tests.Hosting;

/// <summary>Lines written while a page or endpoint is served carry the ids of its address.</summary>
public sealed class AddressScopeTests
{
    [Theory]
    [InlineData("/projects/p-01/nodes/n-02", "NodeId=n-02 ProjectId=p-01")]
    [InlineData("/api/v1/runs/4812/events", "RunId=4812")]
    [InlineData("/projects/p-01/sites/s-03", "ProjectId=p-01 SiteId=s-03")]
    [InlineData("/clients/c-1", "ClientId=c-1")]
    [InlineData("/runs", "")]
    [InlineData("/runs/a-name-that-is-longer-than-any-id-of-the-portal", "")]
    [InlineData("/account", "")]
    public void Line_WhileServed_CarriesTheIdsOfItsAddress(string path, string ids)
    {
        new HttpContextAccessor().HttpContext = new DefaultHttpContext { Request = { Path = path } };
        Assert.Equal(ids, Written());
    }

    [Fact]
    public void Line_OutsideOfARequest_CarriesNone()
    {
        new HttpContextAccessor().HttpContext = null;
        Assert.Empty(Written());
    }

    private static string Written()
    {
        var kept = new Kept();
        using var log = new LoggerConfiguration().Enrich.With<AddressScope>().WriteTo.Sink(kept).CreateLogger();
        log.Information("anything");
        return string.Join(' ', kept.Line!.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={((ScalarValue)p.Value).Value}"));
    }

    private sealed class Kept : ILogEventSink
    {
        public LogEvent? Line { get; private set; }

        public void Emit(LogEvent logEvent) => Line = logEvent;
    }
}
