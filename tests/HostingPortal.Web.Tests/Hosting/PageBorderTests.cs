using System.Net;
using System.Text.RegularExpressions;
using HostingPortal.Web.Tests.Support;
using Xunit;

namespace HostingPortal.Web.Tests.Hosting;

/// <summary>Client A, signed in, opens the addresses of client B's pages.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class PageBorderTests(PortalHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_OfAnotherClient_AnswerLikeThoseOfNobody()
    {
        var a = await Tenant.CreateAsync(host, "pa" + Guid.NewGuid().ToString("n")[..8], Ct);
        var b = await Tenant.CreateAsync(host, "pb" + Guid.NewGuid().ToString("n")[..8], Ct);
        using var client = await SignInAsync(a);
        foreach (var page in PagesOf(a.ClientId, a.ProjectId, a.NodeId, a.SiteId, a.RunId))
        {
            var (status, text) = await OpenAsync(client, page);
            Assert.True(status == HttpStatusCode.OK && text.Contains(a.Marker, StringComparison.Ordinal), $"{page}: {status} {text}");
        }

        var theirs = PagesOf(b.ClientId, b.ProjectId, b.NodeId, b.SiteId, b.RunId).Concat(PagesOf(b.ClientId, a.ProjectId, b.NodeId, b.SiteId, b.RunId)[4..]);
        var nobodys = PagesOf("c-0000000000000000", "p-0000000000000000", "n-0000000000000000", "s-0000000000000000", 999999999);
        foreach (var (their, nobody) in theirs.Zip(nobodys.Concat(nobodys[4..])))
        {
            var answer = await OpenAsync(client, their);
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{their}: {answer}");
            Assert.DoesNotContain(b.Marker, answer.Text, StringComparison.Ordinal);
            Assert.Equal(await OpenAsync(client, nobody), answer);
        }
    }

    /// <summary>The last two are of things in a project, whose address names both.</summary>
    private static string[] PagesOf(string client, string project, string node, string site, long run) =>
        [$"clients/{client}", $"projects/{project}", $"runs/{run}", $"projects/{project}/nodes/new", $"projects/{project}/nodes/{node}", $"projects/{project}/sites/{site}"];

    private async Task<HttpClient> SignInAsync(Tenant tenant)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
        var form = Token().Match(await client.GetStringAsync(new Uri("sign-in", UriKind.Relative), Ct));
        using var entries = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form.Groups[1].Value, ["_handler"] = "sign-in", ["Input.Email"] = $"owner@{tenant.Marker}.example", ["Input.Password"] = Tenant.Password,
        });
        var answer = await client.PostAsync(new Uri("sign-in", UriKind.Relative), entries, Ct);
        Assert.Equal("/", answer.RequestMessage!.RequestUri!.AbsolutePath);
        return client;
    }

    /// <summary>What a page says: its text, without what differs from one answer to the next.</summary>
    private static async Task<(HttpStatusCode Status, string Text)> OpenAsync(HttpClient client, string page)
    {
        var answer = await client.GetAsync(new Uri(page, UriKind.Relative), Ct);
        var body = Comment().Replace(await answer.Content.ReadAsStringAsync(Ct), "");
        return (answer.StatusCode, Space().Replace(Tag().Replace(body, " "), " "));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<!--.*?-->|<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
