using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Clients;

public sealed class SignInLimitTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guessing_FromOneAddress_WaitsThereAndNowhereElse()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var limits = portal.Get<SignInLimits>();
        await FailAsync(limits, "ann@x.example", "192.0.2.1", 5);
        Assert.True(await limits.WaitAsync("ann@x.example", null, "192.0.2.1", Ct) > TimeSpan.Zero);
        Assert.True(await limits.WaitAsync("ANN@x.example", null, "192.0.2.1", Ct) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, await limits.WaitAsync("ann@x.example", null, "192.0.2.2", Ct));
        Assert.Equal(TimeSpan.Zero, await limits.WaitAsync("bob@x.example", null, "192.0.2.1", Ct));
    }

    [Fact]
    public async Task Guessing_ManyAccountsFromOneAddress_WaitsForAll()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var limits = portal.Get<SignInLimits>();
        for (var i = 0; i < 40; i++)
        {
            await limits.FailedAsync($"p{i}@x.example", "192.0.2.1", Ct);
        }

        Assert.True(await limits.WaitAsync("other@x.example", null, "192.0.2.1", Ct) > TimeSpan.Zero);
    }

    /// <summary>Guessing from everywhere slows strangers down, not the person where it signed in before: nobody can be locked out.</summary>
    [Fact]
    public async Task Guessing_FromManyAddresses_DoesNotStopThePersonAtHome()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var person = tenant.Owner.UserId!;
        await portal.Get<SessionService>().StartAsync(person, "Firefox", "198.51.100.7", strong: false, Ct);
        var limits = portal.Get<SignInLimits>();
        for (var i = 0; i < 50; i++)
        {
            await limits.FailedAsync("ann@x.example", $"192.0.2.{i}", Ct);
        }

        Assert.True(await limits.WaitAsync("ann@x.example", person, "203.0.113.5", Ct) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, await limits.WaitAsync("ann@x.example", person, "198.51.100.7", Ct));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 15)]
    [InlineData(7, 60)]
    [InlineData(30, 900)]
    public void Wait_AfterTries_Doubles(int failed, int seconds) => Assert.Equal(seconds, SignInLimits.Wait(failed, 5).TotalSeconds);

    private static async Task FailAsync(SignInLimits limits, string email, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await limits.FailedAsync(email, address, Ct);
        }
    }
}
