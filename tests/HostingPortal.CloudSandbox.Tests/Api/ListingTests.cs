using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class ListingTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("", 25, null, 2, 3)]
    [InlineData("?page=3", 10, 2, null, 3)]
    [InlineData("?per_page=50&page=2", 10, 1, null, 2)]
    [InlineData("?per_page=50&page=7", 0, 6, null, 2)]
    [InlineData("?per_page=1&page=60", 1, 59, null, 60)]
    public async Task Page_Of60Items_HasTheRightNeighbours(string query, int items, int? previous, int? next, int last)
    {
        using var project = sandbox.NewProject();
        await FillAsync(project, 60);
        var (response, body) = await project.SendAsync(HttpMethod.Get, $"/firewalls{query}", null);
        Assert.Equal(items, body!["firewalls"]!.AsArray().Count);
        var page = body["meta"]!["pagination"]!;
        Assert.Equal((previous, next, last, 60), ((int?)page["previous_page"], (int?)page["next_page"], (int)page["last_page"]!, (int)page["total_entries"]!));
        Assert.Contains("rel=\"last\"", response.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?per_page=51")]
    [InlineData("?per_page=x")]
    [InlineData("?sort=colour")]
    [InlineData("?sort=name:up")]
    [InlineData("?label_selector=a%3D%3D%3Db")]
    public async Task List_WrongParameter_IsRefused(string query)
    {
        using var project = sandbox.NewProject();
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Get, $"/firewalls{query}", null, 422));
    }

    [Theory]
    [InlineData("sort=name", "a,b,c")]
    [InlineData("sort=name:desc", "c,b,a")]
    [InlineData("sort=id:asc", "b,c,a")]
    [InlineData("sort=created:desc&sort=name:desc", "a,c,b")]
    [InlineData("name=c", "c")]
    [InlineData("name=nobody", "")]
    public async Task List_SortedOrNamed_KeepsTheOrder(string query, string names)
    {
        using var project = sandbox.NewProject();
        foreach (var name in new[] { "b", "c", "a" })
        {
            await project.PostAsync("/firewalls", new { name });
        }

        Assert.Equal(names, string.Join(',', (await project.GetAsync($"/firewalls?{query}")).Texts("firewalls", "name")));
    }

    [Fact]
    public async Task RecordSets_HundredPerPage_AreAllowed()
    {
        using var project = sandbox.NewProject();
        await project.PostAsync("/zones", new { name = "pages.test", mode = "primary" });
        await project.GetAsync("/zones/pages.test/rrsets?per_page=100");
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Get, "/zones/pages.test/rrsets?per_page=101", null, 422));
    }

    private static Task FillAsync(ApiClient project, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => project.PostAsync("/firewalls", new { name = $"f{n}" })));
}
