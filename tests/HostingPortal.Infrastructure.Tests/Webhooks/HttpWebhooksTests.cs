using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Webhooks;

/// <summary>A real TLS receiver on loopback: reached only where the operator allowed its network.</summary>
public sealed class HttpWebhooksTests : IAsyncLifetime
{
    private static readonly WebhookPost Post = new("m-1", 1_795_000_000, """{"type":"test"}""", "v1,abc");
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly string roots = Path.GetTempFileName();
    private readonly ConcurrentQueue<string> heard = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private WebApplication app = null!;

    private int Port => new Uri(app.Urls.First()).Port;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(roots, certificate.ExportCertificatePem(), ct);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.MapPost("/{what}", async (string what, HttpContext http) =>
        {
            var h = http.Request.Headers;
            heard.Enqueue($"{what} {h["Idempotency-Key"]} {h["webhook-id"]} {h["webhook-timestamp"]} {h["webhook-signature"]} {await new StreamReader(http.Request.Body).ReadToEndAsync(ct)}");
            switch (what)
            {
                case "move":
                    http.Response.Redirect("/ok", permanent: false, preserveMethod: true);
                    break;
                case "hang":
                    await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                    break;
                case "flood":
                    http.Response.Headers["X-Long"] = new string('x', 30_000);
                    break;
                case "endless":
                    await http.Response.Body.WriteAsync(new byte[1_000_000], http.RequestAborted);
                    await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                    break;
                default:
                    http.Response.StatusCode = int.TryParse(what, out var status) ? status : 204;
                    break;
            }
        });
        await app.StartAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        File.Delete(roots);
    }

    [Fact]
    public async Task Post_AllowedReceiver_GetsIdTimeSignatureAndBody()
    {
        await SendAsync("ok");
        Assert.Equal($$"""ok m-1 m-1 1795000000 v1,abc {"type":"test"}""", Assert.Single(heard));
    }

    [Theory]
    [InlineData("move", "webhook.redirect", false)]
    [InlineData("500", "webhook.status", true)]
    [InlineData("404", "webhook.status", true)]
    [InlineData("410", "webhook.gone", false)]
    [InlineData("hang", "webhook.timeout", true)]
    [InlineData("flood", "webhook.unreachable", true)]
    public async Task Post_ReceiverThatDoesNotTakeIt_SaysHow(string what, string code, bool transient)
    {
        var error = await Assert.ThrowsAsync<OutsideException>(() => SendAsync(what));
        Assert.Equal((code, transient), (error.Code, error.Transient));
        Assert.Single(heard);
    }

    /// <summary>Only the head of an answer is read.</summary>
    [Fact]
    public Task Post_AnswerWithoutEnd_IsDone() => SendAsync("endless");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    public async Task Post_IntoTheOwnNetwork_NeverConnects(string host)
    {
        var error = await Assert.ThrowsAsync<OutsideException>(() => SendAsync("ok", host, allowed: []));
        Assert.Equal(("webhook.address", false), (error.Code, error.Transient));
        Assert.Empty(heard);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.2")]
    [InlineData("[fd00::1]")]
    public async Task Post_IntoPrivateNetworks_IsRefusedBeforeAnyPacket(string host) =>
        Assert.Equal("webhook.address", (await Assert.ThrowsAsync<OutsideException>(() => SendAsync("ok", host))).Code);

    [Fact]
    public async Task Post_OtherPort_IsRefused() =>
        Assert.Equal("webhook.port", (await Assert.ThrowsAsync<OutsideException>(() => SendAsync("ok", ports: []))).Code);

    [Fact]
    public async Task Post_CertificateOfAnotherName_IsRefused()
    {
        Assert.Equal("webhook.unreachable", (await Assert.ThrowsAsync<OutsideException>(() => SendAsync("ok", "127.0.0.2"))).Code);
        Assert.Empty(heard);
    }

    private Task SendAsync(string what, string host = "127.0.0.1", string[]? allowed = null, int[]? ports = null)
    {
        var options = Options.Create(new WebhookOptions
        {
            AllowedNetworks = allowed ?? ["127.0.0.0/8"], Ports = ports ?? [Port], ExtraRootsFile = roots, Timeout = TimeSpan.FromSeconds(what == "hang" ? 1 : 10),
        });
        return new HttpWebhooks(new PublicConnect(options), options, TimeProvider.System).PostAsync(new Secret($"https://{host}:{Port}/{what}"), Post, ct);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receiver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
    }
}
