using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Hetzner;

public sealed class FaultTests(SandboxFixture sandbox)
{
    private readonly IServerCloud cloud = CloudRig.Cloud(sandbox.Endpoint);
    private readonly Secret token = SandboxFixture.NewToken();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public static TheoryData<object> CreateFaults => new(
    [
        new { method = "POST", path = "/servers", status = 429, code = "rate_limit_exceeded" },
        new { method = "POST", path = "/servers", status = 409, code = "conflict", times = 3 },
        new { method = "POST", path = "/servers", status = 423, code = "locked", times = 2 },
        new { method = "POST", path = "/servers", status = 503, code = "unavailable" },
        new { method = "POST", path = "/servers", status = 504, code = "timeout" },
        new { method = "POST", path = "/servers", status = 502 },
        new { method = "POST", path = "/servers", drop = "before" },
        new { method = "POST", path = "/servers", drop = "after" },
        new { method = "POST", path = "/servers", drop = "before", times = 2 },
        new { method = "GET", path = "/servers", drop = "before", times = 2 },
        new { method = "GET", path = "/servers", status = 503, code = "unavailable", times = 2 },
        new { method = "GET", path = "/actions", status = 502, times = 3 },
    ]);

    [Theory]
    [MemberData(nameof(CreateFaults))]
    public async Task CreateServer_PassingFault_EndsWithExactlyOneServer(object fault)
    {
        await sandbox.BreakAsync(token, fault, ct);
        var made = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        await cloud.WaitAsync(token, made.ActionIds, ct);
        Assert.Equal(made.Id, Assert.Single(await cloud.ListServersAsync(token, "i-1", ct)).Id);
    }

    [Fact]
    public async Task CreateServer_AnswerLostAndLookingFails_SaysAmbiguousAndTheNextTryAdopts()
    {
        await sandbox.BreakAsync(token, new { method = "POST", path = "/servers", drop = "after" }, ct);
        await sandbox.BreakAsync(token, new { method = "GET", path = "/servers", call = 2, times = 6, status = 503, code = "unavailable" }, ct);
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.CreateServerAsync(token, CloudRig.Order(), ct));
        Assert.Equal("hetzner.ambiguous", e.Code);
        Assert.True(e.Transient);

        await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        Assert.Single(await cloud.ListServersAsync(token, "i-1", ct));
    }

    [Fact]
    public async Task CreateServer_AnswerLateThanTheTimeLimit_IsOneServer()
    {
        await sandbox.BreakAsync(token, new { method = "POST", path = "/servers", delay_ms = 1500 }, ct);
        await using var services = CloudRig.Services(sandbox.Endpoint, tryTimeout: TimeSpan.FromMilliseconds(500));
        await services.GetRequiredService<IServerCloud>().CreateServerAsync(token, CloudRig.Order(), ct);
        await Task.Delay(1500, ct);
        Assert.Single(await cloud.ListServersAsync(token, "i-1", ct));
    }

    [Theory]
    [InlineData(412, "resource_unavailable")]
    [InlineData(403, "resource_limit_exceeded")]
    [InlineData(422, "invalid_input")]
    [InlineData(500, "an_unknown_code")]
    public async Task CreateServer_FinalRefusal_IsSaidAfterOneTry(int status, string code)
    {
        await sandbox.BreakAsync(token, new { method = "POST", path = "/servers", status, code }, ct);
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.CreateServerAsync(token, CloudRig.Order(), ct));
        Assert.Equal($"hetzner.{code}", e.Code);
        Assert.Equal(2, await sandbox.CountCallsAsync(token, ct));
        Assert.Empty(await cloud.ListServersAsync(token, "i-1", ct));
    }

    [Fact]
    public async Task CreateServer_RefusedForever_GivesUpAfterTheTriesAllowed()
    {
        await sandbox.BreakAsync(token, new { method = "POST", path = "/servers", status = 429, code = "rate_limit_exceeded", call = "every" }, ct);
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.CreateServerAsync(token, CloudRig.Order(), ct));
        Assert.Equal("hetzner.rate_limit_exceeded", e.Code);
        Assert.True(e.Transient);
        Assert.Equal(1 + 6, await sandbox.CountCallsAsync(token, ct));
    }

    [Fact]
    public async Task Wait_ActionFails_SaysWhy()
    {
        await sandbox.BreakAsync(token, new { method = "POST", path = "/servers", action_error = new { code = "no_space", message = "No room left." } }, ct);
        var made = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.WaitAsync(token, made.ActionIds, ct));
        Assert.Equal("hetzner.action_failed", e.Code);
        Assert.Contains("No room left.", e.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCatalog_NothingListens_SaysUnreachable()
    {
        var nowhere = CloudRig.Cloud("http://127.0.0.1:9/v1");
        var e = await Assert.ThrowsAsync<OutsideException>(() => nowhere.GetCatalogAsync(token, ct));
        Assert.Equal("hetzner.unreachable", e.Code);
        Assert.True(e.Transient);
    }

    [Fact]
    public async Task GetCatalog_Canceled_EndsAtOnce()
    {
        await sandbox.BreakAsync(token, new { method = "GET", path = "/**", delay_ms = 60_000, call = "every" }, ct);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cloud.GetCatalogAsync(token, soon.Token));
    }
}
