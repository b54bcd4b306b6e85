using System.Text.Json;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Access;

/// <summary>Two clients that have the same of everything: nothing one of them reads holds a word of the other.</summary>
public sealed class TwinTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_EverythingAClientMay_ShowsNothingOfItsTwin()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateRunningAsync(portal, "bravo", Ct);
        var own = Target.Of(alfa);
        var aims = new[]
        {
            own,
            own with { Search = "bravo" },
            own with { FilterClient = bravo.ClientId },
            own with { FilterProject = bravo.ProjectId, ProjectId = bravo.ProjectId, ClientId = bravo.ClientId, NodeId = bravo.NodeId },
        };
        string[] secrets = ["bravo", bravo.ClientId, bravo.ProjectId, bravo.NodeId, bravo.SiteId, bravo.NameId, bravo.AccountId];
        var leaks = new List<string>();
        var answers = 0;
        foreach (var method in Calls.Methods)
        {
            foreach (var (actor, aim) in from actor in new[] { alfa.Owner, alfa.Member } from aim in aims select (actor, aim))
            {
                var (result, error) = await Calls.TryAsync(portal, method, actor, aim, Ct);
                var text = result is null ? error?.Message ?? "" : JsonSerializer.Serialize(result);
                answers += result is null ? 0 : 1;
                leaks.AddRange(secrets.Where(s => text.Contains(s, StringComparison.OrdinalIgnoreCase)).Select(s => $"{Calls.Name(method)} shows {s}: {text}"));
            }
        }

        Assert.Empty(leaks);
        Assert.InRange(answers, 60, 1000);
    }

    /// <summary>The check above can fail: staff do see both.</summary>
    [Fact]
    public async Task Reading_AsStaff_ShowsBoth()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", Ct);
        await Tenant.CreateAsync(portal, "bravo", Ct);
        var list = Calls.Methods.Single(m => Calls.Name(m) == "ProjectService.ListAsync");
        var (result, _) = await Calls.TryAsync(portal, list, Tenant.Support, Target.Of(alfa) with { ClientId = null! }, Ct);
        Assert.Contains("bravo-shop", JsonSerializer.Serialize(result), StringComparison.Ordinal);
    }
}
