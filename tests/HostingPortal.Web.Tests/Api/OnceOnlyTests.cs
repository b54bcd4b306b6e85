using System.Net;
using System.Net.Http.Json;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>A key makes one operation of however many requests.</summary>
[Collection(PortalCollection.Name)]
public sealed class OnceOnlyTests(PortalHost host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_SameKeyAndBody_GivesTheFirstAnswerAgain()
    {
        using var admin = await AdminAsync();
        var name = Unique();
        var first = await PostAsync(admin, "k-" + name, name);
        var second = await PostAsync(admin, "k-" + name, name);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        await using var db = host.Database();
        Assert.Equal(1, await db.Clients.CountAsync(c => c.Name == name, Ct));
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_IsRefused()
    {
        using var admin = await AdminAsync();
        var name = Unique();
        await PostAsync(admin, "k-" + name, name);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(admin, "k-" + name, name + "x")).StatusCode);
    }

    [Fact]
    public async Task Post_TenAtOnce_MakeOne()
    {
        using var admin = await AdminAsync();
        var name = Unique();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(admin, "k-" + name, name)));
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, a.StatusCode.ToString()));
        await using var db = host.Database();
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Action == "client.create" && a.ObjectName == name, Ct));
    }

    [Fact]
    public async Task Post_RefusedFirst_LeavesTheKeyFree()
    {
        using var admin = await AdminAsync();
        var key = "k-" + Unique();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(admin, key, "")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(admin, key, Unique())).StatusCode);
    }

    /// <summary>As after a portal that was killed while it worked on the request.</summary>
    [Fact]
    public async Task Post_WhoseFirstNeverEnded_IsUnderWayForAWhileAndThenDoneByTheNext()
    {
        using var admin = await AdminAsync();
        var name = Unique();
        await PostAsync(admin, "k-" + name, name);
        await using var db = host.Database();
        await db.RequestKeys.Where(k => k.Key == "k-" + name).ExecuteUpdateAsync(k => k.SetProperty(x => x.Status, (int?)null).SetProperty(x => x.Body, (string?)null), Ct);
        var soon = await PostAsync(admin, "k-" + name, name);
        Assert.Equal(HttpStatusCode.Conflict, soon.StatusCode);
        Assert.Contains("RequestKey.UnderWay", await soon.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        await db.Database.ExecuteSqlAsync($"UPDATE request_keys SET CreatedAt = CreatedAt - INTERVAL {RequestKeys.LeaseSeconds + 1} SECOND WHERE `Key` = {"k-" + name}", Ct);
        var later = await PostAsync(admin, "k-" + name, name);
        Assert.Contains("Client.NameTaken", await later.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(admin, "k-" + name, name + "x")).StatusCode);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Post_UnusableKey_IsRefused(string key)
    {
        using var admin = await AdminAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(admin, key, Unique())).StatusCode);
    }

    [Fact]
    public async Task Patch_WithAnOldEtag_IsRefusedAndReadingAgainSavesTheBody()
    {
        var tenant = await Tenant.CreateAsync(host, "et" + Unique()[..8], Ct);
        using var client = await host.ClientAsync(tenant.OwnerId);
        var address = new Uri($"/api/v1/sites/{tenant.SiteId}", UriKind.Relative);
        var tag = (await client.GetAsync(address, Ct)).Headers.ETag!;
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(tag);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PatchAsync("\"0123\""));
        Assert.Equal(HttpStatusCode.Accepted, await PatchAsync(tag.Tag));

        async Task<HttpStatusCode> PatchAsync(string match)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = JsonContent.Create(new { }) };
            request.Headers.IfMatch.ParseAdd(match);
            return (await client.SendAsync(request, Ct)).StatusCode;
        }
    }

    private static string Unique() => Guid.NewGuid().ToString("n");

    private async Task<HttpClient> AdminAsync() => await host.ClientAsync(await Tenant.CreateUserAsync(host, $"{Unique()}@once.example", PortalRole.Admin, null, Ct));

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/clients") { Content = JsonContent.Create(new { name }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, Ct);
    }
}
