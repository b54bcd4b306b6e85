using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

[Collection(PortalCollection.Name)]
public sealed class TokenTests(PortalHost host)
{
    [Fact]
    public async Task Token_RightPassword_OpensTheApi()
    {
        var ct = TestContext.Current.CancellationToken;
        var email = $"{Guid.NewGuid():n}@tokens.example";
        await Tenant.CreateUserAsync(host, email, PortalRole.Admin, null, ct);
        using var client = await host.ClientAsync(null);
        var answer = await client.PostAsJsonAsync("/api/v1/tokens", new { email, password = Tenant.Password, name = "laptop", days = 1 }, ct);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("token").GetString()!;
        Assert.StartsWith("hp_", token, StringComparison.Ordinal);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me", ct);
        Assert.Equal("admin", me.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Token_WrongPasswordUnknownUserAndLockedOut_AnswerTheSameAndAreAudited()
    {
        var ct = TestContext.Current.CancellationToken;
        var email = $"{Guid.NewGuid():n}@tokens.example";
        await Tenant.CreateUserAsync(host, email, PortalRole.Support, null, ct);
        using var client = await host.ClientAsync(null);
        var bodies = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var answer = await client.PostAsJsonAsync("/api/v1/tokens", new { email, password = "wrong" }, ct);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            bodies.Add(await answer.Content.ReadAsStringAsync(ct));
        }

        bodies.Add(await (await client.PostAsJsonAsync("/api/v1/tokens", new { email, password = Tenant.Password }, ct)).Content.ReadAsStringAsync(ct));
        bodies.Add(await (await client.PostAsJsonAsync("/api/v1/tokens", new { email = "nobody@tokens.example", password = "wrong" }, ct)).Content.ReadAsStringAsync(ct));
        Assert.Single(bodies.Distinct());
        await using var db = host.Database();
        Assert.Equal(6, await db.AuditEntries.CountAsync(a => a.ActorName == email && a.Action == "sign-in.failed", ct));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer hp_nothing")]
    [InlineData("Basic aGVsbG86d29ybGQ=")]
    public async Task Call_WithoutValidToken_Is401WithProblem(string? header)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = await host.ClientAsync(null);
        if (header is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        var answer = await client.GetAsync(new Uri("/api/v1/clients", UriKind.Relative), ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Api.Unauthorized", await answer.Content.ReadAsStringAsync(ct), StringComparison.Ordinal);
    }
}
