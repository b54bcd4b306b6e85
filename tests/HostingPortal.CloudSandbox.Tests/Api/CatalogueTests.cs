using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class CatalogueTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("/locations", "locations", "location", 6)]
    [InlineData("/server_types?per_page=50", "server_types", "server_type", 17)]
    [InlineData("/images?per_page=50", "images", "image", 10)]
    public async Task List_AndEachById_FitTheDocument(string path, string list, string one, int count)
    {
        using var project = sandbox.NewProject();
        var answer = await project.GetAsync(path);
        Assert.Equal(count, answer[list]!.AsArray().Count);
        foreach (var id in answer.Texts(list, "id"))
        {
            Assert.Equal(id, (await project.GetAsync($"{path.Split('?')[0]}/{id}")).Text($"{one}.id"));
        }
    }

    [Fact]
    public async Task Pricing_NamesEveryServerTypeAndItsLocations()
    {
        using var project = sandbox.NewProject();
        var pricing = await project.GetAsync("/pricing");
        Assert.Equal("EUR", pricing.Text("pricing.currency"));
        var types = await project.GetAsync("/server_types?per_page=50");
        Assert.Equal(types.Texts("server_types", "name"), pricing["pricing"]!.Texts("server_types", "name"));
    }

    [Fact]
    public async Task Images_ByNameAndArchitecture_AnswersOne()
    {
        using var project = sandbox.NewProject();
        var answer = await project.GetAsync("/images?name=debian-13&architecture=arm");
        Assert.Equal(["arm"], answer.Texts("images", "architecture"));
    }

    [Fact]
    public async Task Images_DeprecatedOne_IsListedOnlyOnRequest()
    {
        using var project = sandbox.NewProject();
        Assert.DoesNotContain("debian-11", (await project.GetAsync("/images?per_page=50")).Texts("images", "name"));
        Assert.Contains("debian-11", (await project.GetAsync("/images?per_page=50&include_deprecated=true")).Texts("images", "name"));
    }

    [Fact]
    public async Task Datacenters_Today_AreGone()
    {
        using var project = sandbox.NewProject();
        Assert.Equal("deprecated_api_endpoint", await project.RefusedAsync(HttpMethod.Get, "/datacenters", null, 410));
    }
}
