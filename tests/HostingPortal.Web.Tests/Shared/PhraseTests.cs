using Bunit;
using HostingPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Tests.Shared;

public sealed class PhraseTests : Pages
{
    [Fact]
    public void Render_SentenceWithLink_PutsItInPlaceAndEncodes()
    {
        var phrase = Render<Phrase>(p => p.Add(c => c.Key, "Change.site.add").Add(c => c.Values, new Dictionary<string, RenderFragment>
        {
            ["actor"] = Phrase.Bold("<i>Ann</i>"), ["object"] = Phrase.Link("/x", "www.acme.example"),
        }));

        Assert.Equal("<i>Ann</i> added the site www.acme.example", phrase.Nodes.Aggregate("", (text, node) => text + node.TextContent).Trim());
        Assert.Equal("/x", phrase.Find("a").GetAttribute("href"));
        Assert.Empty(phrase.FindAll("i"));
    }
}
