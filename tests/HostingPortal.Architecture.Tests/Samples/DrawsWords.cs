using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace HostingPortal.Architecture.Tests.Samples;

/// <summary>Draws words that no resource holds, and some that need none.</summary>
internal sealed class DrawsWords : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<p>Nothing here yet</p>");
        builder.AddMarkupContent(1, "<p class=\"small\">IPv4</p>");
        builder.OpenElement(2, "button");
        builder.AddAttribute(3, "aria-label", "Close");
        builder.AddAttribute(4, "class", "loud");
        builder.AddContent(5, "Delete it");
        builder.CloseElement();
    }
}
