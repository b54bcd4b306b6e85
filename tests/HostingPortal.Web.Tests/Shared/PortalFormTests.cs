using Bunit;
using HostingPortal.Domain;
using HostingPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Tests.Shared;

public sealed class PortalFormTests : Pages
{
    private IRenderedComponent<PortalForm> Form(Func<Task> submit, bool live = true)
    {
        SetRendererInfo(new RendererInfo("Server", live));
        return Render<PortalForm>(p => p
            .Add(c => c.Submit, "Create").Add(c => c.Fields, ["Name"]).Add(c => c.OnSubmit, EventCallback.Factory.Create(this, submit))
            .AddChildContent<TextField>(f => f.Add(c => c.Name, "Name").Add(c => c.Label, "Name")));
    }

    [Fact]
    public void Fields_BeforeThePageIsLive_AreClosed()
    {
        Assert.True(Form(() => Task.CompletedTask, live: false).Find("fieldset").HasAttribute("disabled"));
    }

    [Fact]
    public void Submit_RefusalOfAField_StandsAtTheField()
    {
        var form = Form(() => throw new RuleViolationException("Text.Missing", "Name"));

        form.Find("form").Submit();

        Assert.Equal("true", form.Find("#field-name").GetAttribute("aria-invalid"));
        Assert.Equal(form.Find(".error").Id, form.Find("#field-name").GetAttribute("aria-describedby"));
        Assert.Contains("Fill this in.", form.Find(".error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_UnknownFailure_ShowsCodeNotTheException()
    {
        var form = Form(() => throw new InvalidOperationException("secret detail"));

        form.Find("form").Submit();

        Assert.NotNull(form.Find("[role=alert]"));
        Assert.DoesNotContain("secret detail", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WhileWorking_SecondClickDoesNothing()
    {
        var (calls, gate) = (0, new TaskCompletionSource());
        var form = Form(() =>
        {
            calls++;
            return gate.Task;
        });

        var first = form.Find("form").SubmitAsync();
        await form.WaitForAssertionAsync(() => Assert.True(form.Find("button").HasAttribute("disabled")));
        await form.Find("form").SubmitAsync();
        gate.SetResult();
        await first;

        Assert.Equal(1, calls);
    }
}
