using System.Net;
using System.Net.Sockets;
using HostingPortal.Web.Account;
using HostingPortal.Web.Security;
using HostingPortal.Web.Tests.Browser;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Hosting;

/// <summary>More visitors and more pages than anybody means well with.</summary>
[Collection(PortalCollection.Name)]
public sealed class CrowdTests(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Fact]
    public async Task Strangers_AskingWithoutPause_AreTurnedAwayAndToldWhen()
    {
        using var http = From("127.0.9.1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken)));
        var away = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(away.Count, 20, 140);
        Assert.All(away, a => Assert.NotNull(a.Headers.RetryAfter));
        Assert.Equal("Too many requests. Try again in a few seconds.", await away[0].Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.All(answers.Except(away), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));

        using var file = await http.GetAsync(new Uri("/portal.js", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        using var other = From("127.0.9.2");
        using var elsewhere = await other.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Forms_SentByteByByte_KeepNobodyFromThePage()
    {
        var slow = new List<TcpClient>();
        try
        {
            for (var n = 0; n < 60; n++)
            {
                slow.Add(new TcpClient(new IPEndPoint(IPAddress.Parse($"127.0.10.{n + 1}"), 0)));
                await slow[^1].ConnectAsync(IPAddress.Loopback, host.Address.Port, TestContext.Current.CancellationToken);
                await slow[^1].GetStream().WriteAsync("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na"u8.ToArray(), TestContext.Current.CancellationToken);
            }

            using var http = From("127.0.9.3");
            http.Timeout = TimeSpan.FromSeconds(3);
            using var answer = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            slow.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task Page_BeyondWhatOnePersonMayHaveOpen_SaysSoAndOpensOnceThereIsRoom()
    {
        var page = await chromium.AdminAsync(host);
        var pages = host.Get<OpenPages>();
        await using var db = host.Database();
        var admin = (await db.Users.SingleAsync(u => u.Email == Chromium.AdminEmail, TestContext.Current.CancellationToken)).Id;
        for (var tab = 0; tab < OpenPages.Most; tab++)
        {
            pages.Enter(admin);
        }

        try
        {
            await page.GotoAsync("/sites");
            await Expect(page.GetByText("You have too many pages open")).ToBeVisibleAsync();
        }
        finally
        {
            for (var tab = 0; tab < OpenPages.Most; tab++)
            {
                pages.Leave(admin);
            }
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sites", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public void Room_ForEachPerson_IsCountedAlone()
    {
        var pages = new OpenPages();
        Assert.All(Enumerable.Range(0, OpenPages.Most), _ => Assert.True(pages.Enter("ann")));
        Assert.False(pages.Enter("ann"));
        Assert.True(pages.Enter("ben"));
        pages.Leave("ann");
        Assert.True(pages.Enter("ann"));
        Assert.False(pages.Enter("ann"));
    }

    /// <summary>Whichever portal a balancer leads to.</summary>
    [Fact]
    public void SetupLink_OfOnePortal_FitsAnotherOfTheSameDatabaseOnly()
    {
        var ring = new EphemeralDataProtectionProvider();
        var (one, other) = (Link(ring), Link(ring));
        Assert.True(other.Fits(one.Url.Split("code=")[1]));
        Assert.True(one.Fits(one.Url.Split("code=")[1]));
        Assert.False(Link(new EphemeralDataProtectionProvider()).Fits(one.Url.Split("code=")[1]));
        Assert.False(one.Fits(null));
        Assert.False(one.Fits(""));
        Assert.False(one.Fits("be1128cc7b313c4577a19517647b37c1"));
        Assert.False(one.Fits(ring.CreateProtector("something else").Protect("first admin")));
    }

    private static SetupLink Link(IDataProtectionProvider ring) =>
        new(Options.Create(new HostingPortal.Domain.PortalOptions { BaseUrl = "https://portal.example.com" }), new ConfigurationBuilder().Build(), ring);

    private HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = host.Address,
    };
}
