using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Tests.Dns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class AcmeTests(LabFixture lab)
{
    [Fact]
    public async Task Lego_ForApexAndWildcard_GetsACertificateThroughTheSandboxesDns()
    {
        await lab.StartAsync();
        lab.Zones.Add("acme-order.test", new ZoneRecord("acme-order.test", "A", 300, "198.18.1.10"));
        await using var broker = await StartBrokerAsync(lab.Zones, "acme-order.test");
        var folder = Directory.CreateTempSubdirectory("lego-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.pem"), lab.Info.AcmeServerCa);
        await File.WriteAllTextAsync(Path.Combine(folder, "root.pem"), lab.Info.AcmeIssuerRoot);

        var lego = await Shell.TryAsync([
            "env", $"LEGO_CA_CERTIFICATES={folder}/ca.pem", $"HTTPREQ_ENDPOINT={broker.Urls.First()}", "HTTPREQ_POLLING_INTERVAL=1",
            "lego", "--server", lab.Info.AcmeDirectory!, "--accept-tos", "--email", "a@acme-order.test", "--path", folder, "--key-type", "ec256",
            "--dns", "httpreq", "--dns.resolvers", lab.Info.Dns!, "--dns.disable-cp", "-d", "acme-order.test", "-d", "*.acme-order.test", "run",
        ], CancellationToken.None);

        Assert.True(lego.ExitCode == 0, lego.StandardError);
        var certificate = $"{folder}/certificates/acme-order.test.crt";
        var verified = await Shell.TryAsync(
            ["openssl", "verify", "-CAfile", $"{folder}/root.pem", "-untrusted", certificate, certificate], CancellationToken.None);
        Assert.True(verified.ExitCode == 0, verified.StandardError);
        var shown = await Shell.TryAsync(["openssl", "x509", "-in", certificate, "-noout", "-ext", "subjectAltName"], CancellationToken.None);
        var names = shown.StandardOutput.Split('\n')[1].Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal);
        Assert.Equal(["DNS:*.acme-order.test", "DNS:acme-order.test"], names);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Directory_FromAServer_IsTrustedByItsAuthority()
    {
        var server = (await lab.SharedAsync(1))[0];

        await server.RunAsync($"cat >/tmp/ca.pem <<'PEM'\n{lab.Info.AcmeServerCa}\nPEM");
        var answer = await server.RunAsync($"curl -sf --cacert /tmp/ca.pem {lab.Info.AcmeDirectory}");

        Assert.Contains("newOrder", answer, StringComparison.Ordinal);
    }

    /// <summary>As the portal's broker: <c>POST /present</c> and <c>/cleanup</c> with <c>{"fqdn":"_acme-challenge.x.","value":"…"}</c>.</summary>
    private static async Task<WebApplication> StartBrokerAsync(FakeZones zones, string zone)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/present", async (HttpContext context) => zones.Add(zone, await ReadAsync(context)));
        app.MapPost("/cleanup", async (HttpContext context) => zones.Remove(zone, await ReadAsync(context)));
        await app.StartAsync();
        return app;
    }

    private static async Task<ZoneRecord> ReadAsync(HttpContext context)
    {
        var challenge = (await context.Request.ReadFromJsonAsync<Challenge>())!;
        return new ZoneRecord(challenge.Fqdn.TrimEnd('.'), "TXT", 60, $"\"{challenge.Value}\"");
    }

    private sealed record Challenge(string Fqdn, string Value);
}
