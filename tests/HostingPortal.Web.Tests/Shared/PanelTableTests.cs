using Bunit;
using HostingPortal.Domain;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace HostingPortal.Web.Tests.Shared;

/// <summary>A table that is a part of a page: nothing is cut off without a word.</summary>
[Collection(PortalCollection.Name)]
public sealed class PanelTableTests(PortalHost host) : SignedInPages(host)
{
    [Fact]
    public async Task Rows_MoreThanFifty_AreTurnedAndSearched()
    {
        var table = await ShowAsync(120);
        await table.WaitForAssertionAsync(() => Assert.Equal(50, table.FindAll("tbody tr").Count), Patience);
        Assert.Contains("120", table.Find(".list-foot").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Next"], Buttons(table));
        await table.InvokeAsync(() => table.Find(".list-foot button").ClickAsync(new()));
        await table.InvokeAsync(() => table.FindAll(".list-foot button")[^1].ClickAsync(new()));
        await table.WaitForAssertionAsync(() => Assert.Equal("row 101", table.Find("tbody tr").TextContent), Patience);
        Assert.Equal(20, table.FindAll("tbody tr").Count);
        Assert.Equal(["Previous"], Buttons(table));
        await table.InvokeAsync(() => table.Find("input[type=search]").InputAsync("row 77"));
        await table.WaitForAssertionAsync(() => Assert.Equal("row 77", Assert.Single(table.FindAll("tbody tr")).TextContent), Patience);
        await table.InvokeAsync(() => table.Find("input[type=search]").InputAsync("nothing"));
        await table.WaitForAssertionAsync(() => Assert.Contains("nothing", table.Find("p").TextContent, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData(0, "empty")]
    [InlineData(50, "row 1")]
    public async Task Rows_ThatFit_NeedNoFootAndNoSearch(int rows, string shown)
    {
        var table = await ShowAsync(rows);
        await table.WaitForAssertionAsync(() => Assert.Contains(shown, table.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(table.FindAll(".list-foot, .list-tools"));
    }

    private async Task<IRenderedComponent<PanelTable<string>>> ShowAsync(int rows)
    {
        var (_, owner) = await SignInOwnerAsync("pt");
        var all = Enumerable.Range(1, rows).Select(n => $"row {n}").ToList();
        Task<Page<string>> Read(Actor actor, PageQuery query, CancellationToken ct)
        {
            var found = all.Where(r => query.Search is null || r == query.Search).ToList();
            return Task.FromResult(new Page<string>([.. found.Skip(query.Skip).Take(query.Take)], found.Count));
        }

        return Render<PanelTable<string>>(p => p.AddCascadingValue(owner).Add(t => t.Source, Read).Add(t => t.Key, "k").Add(t => t.Id, row => row).Add(t => t.SearchLabel, "Find")
            .Add(t => t.Head, Text("head")).Add(t => t.Empty, Text("empty")).Add(t => t.Row, row => builder => builder.AddMarkupContent(0, $"<td>{row}</td>")));
    }

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    private static string[] Buttons(IRenderedComponent<PanelTable<string>> table) => [.. table.FindAll(".list-foot button").Select(b => b.TextContent)];
}
