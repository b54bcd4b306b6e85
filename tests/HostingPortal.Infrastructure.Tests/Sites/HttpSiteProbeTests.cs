using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HostingPortal.Infrastructure.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Sites;

/// <summary>A real TLS server on loopback.</summary>
public sealed class HttpSiteProbeTests : IAsyncLifetime
{
    private const string Name = "shop.example.test";
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.MapGet("/", (HttpContext http) => http.Request.Host.Host == Name ? Results.Redirect("/elsewhere") : Results.StatusCode(421));
        await app.StartAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    [Fact]
    public async Task Ask_TrustedByAnExtraRoot_GivesStatusAndExpiryWithoutFollowing()
    {
        var answer = await Probe(certificate.ExportCertificatePem()).AskAsync(Name, "127.0.0.1", ct);
        Assert.Equal(302, answer.Status);
        Assert.True(answer.Answers);
        Assert.Null(answer.Error);
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), answer.CertificateNotAfter!.Value.UtcDateTime);
    }

    [Fact]
    public async Task Ask_UnknownRoot_IsRefused()
    {
        var answer = await Probe(null).AskAsync(Name, "127.0.0.1", ct);
        Assert.Null(answer.Status);
        Assert.StartsWith("The certificate was refused", answer.Error, StringComparison.Ordinal);
        Assert.NotNull(answer.CertificateNotAfter);
    }

    [Fact]
    public async Task Ask_CertificateOfAnotherName_IsRefused()
    {
        var answer = await Probe(certificate.ExportCertificatePem()).AskAsync("other.example.test", "127.0.0.1", ct);
        Assert.Contains("another name", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NothingListens_SaysWhyInOneLine()
    {
        var answer = await Probe(null).AskAsync(Name, "127.0.0.2", ct);
        Assert.Null(answer.Status);
        Assert.False(answer.Answers);
        Assert.DoesNotContain('\n', answer.Error!);
    }

    private HttpSiteProbe Probe(string? roots) => new(
        Options.Create(new SiteProbeOptions { ExtraRoots = roots, Timeout = TimeSpan.FromSeconds(5), Port = new Uri(app.Urls.First()).Port }), TimeProvider.System);

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));
    }
}
