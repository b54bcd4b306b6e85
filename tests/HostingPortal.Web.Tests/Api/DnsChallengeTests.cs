using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using HostingPortal.Domain;
using HostingPortal.Web.Tests.Support;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>The broker as lego on a node asks it, over HTTP.</summary>
[Collection(PortalCollection.Name)]
public sealed class DnsChallengeTests(PortalHost host) : IAsyncLifetime
{
    private Tenant tenant = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Name => $"_acme-challenge.www.{tenant.Marker}.example.";

    public async ValueTask InitializeAsync() => tenant = await Tenant.CreateAsync(host, "dc" + Guid.NewGuid().ToString("n")[..8], Ct);

    public ValueTask DisposeAsync()
    {
        host.Outside.Trouble = null;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task PresentAndCleanup_OwnName_ChangeTheRecordAtHetzner()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("present", Basic(tenant.NodeId, tenant.BrokerPassword), Name)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("cleanup", Basic(tenant.NodeId, tenant.BrokerPassword), Name)).Status);
        var zone = $"{tenant.Marker}.example";
        Assert.Equal([$"+ {zone} _acme-challenge.www some-value", $"- {zone} _acme-challenge.www some-value"], host.Outside.Records.Where(r => r.Contains(zone, StringComparison.Ordinal)));
    }

    /// <summary>Nobody learns from an answer whether a node, a name or a credential exists.</summary>
    [Fact]
    public async Task Present_AnythingNotAllowed_AnswersLikeAnUnknownAddress()
    {
        var right = Basic(tenant.NodeId, tenant.BrokerPassword);
        (AuthenticationHeaderValue? Who, string Fqdn)[] tries =
        [
            (null, Name), (Basic(tenant.NodeId, "wrong"), Name), (Basic("n-nothing", tenant.BrokerPassword), Name), (new("Bearer", "x"), Name), (new("Basic", "%%%"), Name),
            (new("Basic", Convert.ToBase64String("no-colon"u8)), Name), (right, "_acme-challenge.www.elsewhere.example."), (right, $"www.{tenant.Marker}.example."), (right, ""),
        ];
        var answers = new List<(HttpStatusCode Status, string Body)>();
        foreach (var (who, fqdn) in tries)
        {
            answers.Add(await AskAsync("present", who, fqdn));
        }

        Assert.Equal(HttpStatusCode.NotFound, Assert.Single(answers.Distinct()).Status);
        Assert.DoesNotContain(host.Outside.Records, r => r.Contains(tenant.Marker, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    [InlineData(false, HttpStatusCode.BadGateway)]
    public async Task Present_HetznerFails_SaysWhetherToTryAgain(bool transient, HttpStatusCode status)
    {
        host.Outside.Trouble = new OutsideException("hetzner.unavailable", "503 with token=geheim", transient);
        using var client = await host.ClientAsync(null);
        using var request = Request("present", Basic(tenant.NodeId, tenant.BrokerPassword), Name);
        var answer = await client.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal((status, transient), (answer.StatusCode, answer.Headers.RetryAfter is not null));
        Assert.Contains("hetzner.unavailable", text, StringComparison.Ordinal);
        Assert.Contains("correlation", text, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Present_BadBody_IsRefusedInPlainWords(string? body, HttpStatusCode status)
    {
        using var client = await host.ClientAsync(null);
        using var content = new StringContent(body ?? $"{{\"fqdn\":\"{new string('a', 5000)}\"}}", Encoding.UTF8, "application/json");
        var answer = await client.PostAsync(new Uri("/acme-dns/present", UriKind.Relative), content, Ct);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string path, AuthenticationHeaderValue? who, string fqdn)
    {
        using var client = await host.ClientAsync(null);
        using var request = Request(path, who, fqdn);
        var answer = await client.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static HttpRequestMessage Request(string path, AuthenticationHeaderValue? who, string fqdn) =>
        new(HttpMethod.Post, $"/acme-dns/{path}") { Headers = { Authorization = who }, Content = JsonContent.Create(new { fqdn, value = "some-value" }) };

    private static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
