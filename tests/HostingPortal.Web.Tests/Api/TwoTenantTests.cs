using System.Net;
using System.Net.Http.Json;
using HostingPortal.Web.Tests.Support;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>Client A asks for everything client B has.</summary>
[Collection(PortalCollection.Name)]
public sealed class TwoTenantTests(PortalHost host) : IAsyncLifetime
{
    private Tenant a = null!, b = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        a = await Tenant.CreateAsync(host, "aa" + Guid.NewGuid().ToString("n")[..8], ct);
        b = await Tenant.CreateAsync(host, "bb" + Guid.NewGuid().ToString("n")[..8], ct);
        client = await host.ClientAsync(a.OwnerId);
    }

    [Fact]
    public async Task Lists_OfA_ShowNothingOfB()
    {
        var ct = TestContext.Current.CancellationToken;
        string[] lists =
        [
            $"search?q={b.Marker}", $"search?q=www.{b.Marker}", "me", "clients", "projects", "nodes", "names", "sites", "runs", "changes", "dashboard",
            "certificates", "schedules", $"certificates?projectId={b.ProjectId}", $"certificates?search={b.Marker}", $"schedules?nodeId={b.NodeId}",
            "notifications", $"notifications?projectId={b.ProjectId}", $"notifications?search={b.Marker}", $"channels?projectId={a.ProjectId}",
            $"clients?search={b.Marker}", $"projects?search={b.Marker}", $"nodes?search={b.Marker}", $"sites?search={b.Marker}", $"runs?search={b.Marker}", $"changes?search={b.Marker}",
            $"projects?clientId={b.ClientId}", $"nodes?projectId={b.ProjectId}", $"names?clientId={b.ClientId}", $"sites?projectId={b.ProjectId}", $"sites?nodeId={b.NodeId}",
            $"runs?projectId={b.ProjectId}", $"runs?nodeId={b.NodeId}", $"changes?objectId={b.SiteId}", $"users?clientId={a.ClientId}", $"clients/{a.ClientId}/accounts",
        ];
        foreach (var list in lists)
        {
            var answer = await client.GetAsync(new Uri($"/api/v1/{list}", UriKind.Relative), ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            Assert.True(answer.IsSuccessStatusCode, $"{list}: {text}");
            Assert.DoesNotContain(b.Marker, text.Replace($"search={b.Marker}", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain(b.ClientId, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reads_OfBsObjects_AnswerLikeUnknownOnes()
    {
        (string Theirs, string Unknown)[] reads =
        [
            ($"clients/{b.ClientId}", "clients/c-0000000000000000"), ($"projects/{b.ProjectId}", "projects/p-0000000000000000"),
            ($"channels?projectId={b.ProjectId}", "channels?projectId=p-0000000000000000"), ($"projects/{b.ProjectId}/offer", "projects/p-0000000000000000/offer"), ($"nodes/{b.NodeId}", "nodes/n-0000000000000000"),
            ($"names/{b.NameId}", "names/d-0000000000000000"), ($"sites/{b.SiteId}", "sites/s-0000000000000000"),
            ($"users?clientId={b.ClientId}", "users?clientId=c-0000000000000000"), ($"clients/{b.ClientId}/accounts", "clients/c-0000000000000000/accounts"),
            .. new[] { "", "/matrix", "/lines", "/events", "/log", "/log?format=jsonl", "/diff" }.Select(part => ($"runs/{b.RunId}{part}", $"runs/999999999{part}")),
        ];
        foreach (var (theirs, unknown) in reads)
        {
            await SameAsync(HttpMethod.Get, theirs, unknown, null);
        }
    }

    [Fact]
    public async Task Writes_ToBsObjects_AnswerLikeUnknownOnes()
    {
        (HttpMethod Method, string Theirs, string Unknown, object? Body)[] writes =
        [
            (HttpMethod.Post, $"nodes/{b.NodeId}/converge", "nodes/n-0000000000000000/converge", null),
            (HttpMethod.Post, $"nodes/{b.NodeId}/check", "nodes/n-0000000000000000/check", null),
            (HttpMethod.Delete, $"nodes/{b.NodeId}", "nodes/n-0000000000000000", new { name = $"node-{b.Marker}" }),
            (HttpMethod.Post, $"names/{b.NameId}/verify", "names/d-0000000000000000/verify", null),
            (HttpMethod.Delete, $"names/{b.NameId}", "names/d-0000000000000000", null),
            (HttpMethod.Patch, $"sites/{b.SiteId}", "sites/s-0000000000000000", new { phpVersion = "8.4" }),
            (HttpMethod.Delete, $"sites/{b.SiteId}", "sites/s-0000000000000000", new { name = $"www.{b.Marker}.example" }),
            (HttpMethod.Post, $"runs/{b.QueuedRunId}/cancel", "runs/999999999/cancel", null),
            (HttpMethod.Post, $"runs/{b.RunId}/retry", "runs/999999999/retry", null),
        ];
        foreach (var (method, theirs, unknown, body) in writes)
        {
            await SameAsync(method, theirs, unknown, body);
        }

        foreach (var (path, theirs, unknown) in Creations())
        {
            var first = await SendAsync(HttpMethod.Post, path, theirs);
            var second = await SendAsync(HttpMethod.Post, path, unknown);
            Assert.Equal(second, first);
        }
    }

    [Fact]
    public async Task OwnObjects_AreThere()
    {
        foreach (var path in new[] { $"clients/{a.ClientId}", $"projects/{a.ProjectId}", $"nodes/{a.NodeId}", $"names/{a.NameId}", $"sites/{a.SiteId}", $"runs/{a.RunId}", $"runs/{a.RunId}/log" })
        {
            var (status, text) = await SendAsync(HttpMethod.Get, path, null);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(a.Marker, text, StringComparison.Ordinal);
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<(string Path, object Theirs, object Unknown)> Creations()
    {
        const string nobody = "0000000000000000";
        yield return ("names", new { clientId = b.ClientId, name = "free.example" }, new { clientId = $"c-{nobody}", name = "free.example" });
        yield return ("projects", new { clientId = b.ClientId, accountId = b.AccountId, name = "mine" }, new { clientId = $"c-{nobody}", accountId = b.AccountId, name = "mine" });
        yield return ("projects", new { clientId = a.ClientId, accountId = b.AccountId, name = "mine" }, new { clientId = a.ClientId, accountId = $"a-{nobody}", name = "mine" });
        yield return ("nodes", Order(b.ProjectId), Order($"p-{nobody}"));
        yield return ("sites", Site(b.ProjectId, null), Site($"p-{nobody}", null));
        yield return ("sites", Site(a.ProjectId, b.NodeId), Site(a.ProjectId, $"n-{nobody}"));

        static object Order(string project) => new { projectId = project, name = "web-9", template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13" };
        static object Site(string project, string? node) => new { projectId = project, nodeId = node, names = new[] { "free.example" }, kind = "static" };
    }

    private async Task SameAsync(HttpMethod method, string theirs, string unknown, object? body)
    {
        var first = await SendAsync(method, theirs, body);
        var second = await SendAsync(method, unknown, body);
        Assert.Equal(HttpStatusCode.NotFound, first.Status);
        Assert.Equal(second, first);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, object? body)
    {
        var ct = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        var answer = await client.SendAsync(request, ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }
}
