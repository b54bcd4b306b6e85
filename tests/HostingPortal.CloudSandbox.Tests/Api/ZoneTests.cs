using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class ZoneTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task LifeCycle_EveryOperation_FitsTheDocument()
    {
        using var project = sandbox.NewProject();
        var created = await project.DoneAsync(await project.PostAsync("/zones", new { name = "cycle.test", mode = "primary", ttl = 300 }));
        Assert.Equal("4", created.Text("zone.record_count"));
        Assert.Equal(created.Id("zone"), (await project.GetAsync("/zones/cycle.test")).Id("zone"));
        await project.PutAsync("/zones/cycle.test", new { labels = new { client = "c1" } });
        Assert.Equal(["cycle.test"], (await project.GetAsync("/zones?label_selector=client=c1&mode=primary")).Texts("zones", "name"));
        await project.DoneAsync(await project.PostAsync("/zones/cycle.test/actions/change_ttl", new { ttl = 600 }));
        await project.DoneAsync(await project.PostAsync("/zones/cycle.test/actions/change_protection", new { delete = true }));
        Assert.Equal("protected", await project.RefusedAsync(HttpMethod.Delete, "/zones/cycle.test", null, 423));
        await project.DoneAsync(await project.PostAsync("/zones/cycle.test/actions/change_protection", new { delete = false }));
        Assert.Equal("600", (await project.GetAsync("/zones/cycle.test")).Text("zone.ttl"));
        Assert.NotEmpty((await project.GetAsync("/zones/cycle.test/actions"))["actions"]!.AsArray());
        await project.DoneAsync(await project.DeleteAsync("/zones/cycle.test", 201));
        Assert.Empty((await project.GetAsync("/zones"))["zones"]!.AsArray());
    }

    [Fact]
    public async Task Zonefile_ExportedAndImported_GivesTheSameRecords()
    {
        using var project = sandbox.NewProject();
        object[] sets =
        [
            new { name = "@", type = "A", ttl = 60, records = new[] { new { value = "198.51.100.1", comment = "web" } } },
            new { name = "www", type = "CNAME", records = new[] { new { value = "file.test." } } },
            new { name = "@", type = "TXT", records = new[] { new { value = "\"v=spf1; -all\" \"second \\\" part\"" } } },
            new { name = "*.shop", type = "AAAA", records = new[] { new { value = "2001:db8::1" }, new { value = "2001:db8::2" } } },
        ];
        await project.DoneAsync(await project.PostAsync("/zones", new { name = "file.test", mode = "primary", rrsets = sets }));
        var text = (await project.GetAsync("/zones/file.test/zonefile")).Text("zonefile")!;
        var before = (await project.GetAsync("/zones/file.test/rrsets?sort=id&per_page=100"))["rrsets"]!.ToJsonString();
        await project.DoneAsync(await project.DeleteAsync("/zones/file.test/rrsets/%2A.shop/AAAA", 201));
        await project.DoneAsync(await project.PostAsync("/zones/file.test/actions/import_zonefile", new { zonefile = text }));
        Assert.Equal(before, (await project.GetAsync("/zones/file.test/rrsets?sort=id&per_page=100"))["rrsets"]!.ToJsonString());
    }

    [Fact]
    public async Task Create_ZoneOfAnotherProject_IsRefused()
    {
        using var first = sandbox.NewProject();
        using var second = sandbox.NewProject();
        var zone = new { name = "taken.test", mode = "primary" };
        await first.PostAsync("/zones", zone);
        Assert.Equal("uniqueness_error", await second.RefusedAsync(HttpMethod.Post, "/zones", zone, 409));
    }

    [Theory]
    [InlineData("shop.example.com")]
    [InlineData("Example.com")]
    [InlineData("example.com.")]
    [InlineData("co.uk")]
    [InlineData("com")]
    [InlineData("müller.de")]
    public async Task Create_NameThatIsNoRegistrableDomain_IsRefused(string name)
    {
        using var project = sandbox.NewProject();
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, "/zones", new { name, mode = "primary" }, 422));
    }

    [Fact]
    public async Task SecondaryZone_RecordsAndNameservers_FollowItsMode()
    {
        using var project = sandbox.NewProject();
        var servers = new[] { new { address = "198.51.100.53", port = 53 } };
        await project.PostAsync("/zones", new { name = "second.test", mode = "secondary", primary_nameservers = servers });
        Assert.Equal("incorrect_zone_mode", await project.RefusedAsync(HttpMethod.Get, "/zones/second.test/rrsets", null, 422));
        await project.DoneAsync(await project.PostAsync(
            "/zones/second.test/actions/change_primary_nameservers", new { primary_nameservers = new[] { new { address = "203.0.113.53" } } }));
        Assert.Equal("203.0.113.53", (await project.GetAsync("/zones/second.test")).Text("zone.primary_nameservers.0.address"));
    }
}
