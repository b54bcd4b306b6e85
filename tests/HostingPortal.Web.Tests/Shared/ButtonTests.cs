using Bunit;
using HostingPortal.Domain;
using HostingPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace HostingPortal.Web.Tests.Shared;

/// <summary>Buttons that work for a while: one click is one call, and a failure is always said.</summary>
public sealed class ButtonTests : Pages
{
    [Fact]
    public void Failure_NobodyTakesIt_StandsInAToast()
    {
        var button = Render<ActionButton>(p => p.AddChildContent("Send").Add(c => c.Action, EventCallback.Factory.Create(this, () => throw new RuleViolationException("Access.AdminOnly"))));

        button.Find("button").Click();

        Assert.Equal([T.Of(new RuleViolationException("Access.AdminOnly"))], Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(s => s.Message));
    }

    [Fact]
    public void Failure_SomebodyTakesIt_GoesThere()
    {
        Problem? found = null;
        var button = Render<ActionButton>(p => p.AddChildContent("Send").Add(c => c.OnProblem, problem => found = problem)
            .Add(c => c.Action, EventCallback.Factory.Create(this, () => throw new RuleViolationException("Access.AdminOnly"))));

        button.Find("button").Click();

        Assert.Equal("Access.AdminOnly", found?.Code);
        Assert.Empty(Services.GetRequiredService<ISnackbar>().ShownSnackbars);
    }

    [Fact]
    public async Task Delete_SecondClickBeforeTheButtonIsClosed_IsNoSecondCall()
    {
        var (calls, gate) = (0, new TaskCompletionSource());
        var dialogs = Render<MudDialogProvider>();
        Render<ConfirmDelete>(p => p.Add(c => c.Open, true).Add(c => c.Title, "Delete").Add(c => c.Effect, "It goes.").Add(c => c.Name, "web-1").Add(c => c.Button, "Delete web-1")
            .Add(c => c.OnConfirmed, EventCallback.Factory.Create(this, () =>
            {
                calls++;
                return gate.Task;
            })));
        dialogs.WaitForElement("#confirm-name").Input("web-2");
        Assert.True(Confirm(dialogs).Instance.Disabled);
        dialogs.Find("#confirm-name").Input("web-1");
        var click = Confirm(dialogs).Instance.OnClick;

        // Both were under way when the first was heard.
        var first = dialogs.InvokeAsync(() => click.InvokeAsync());
        var second = dialogs.InvokeAsync(() => click.InvokeAsync());
        gate.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(1, calls);
    }

    private static IRenderedComponent<MudButton> Confirm(IRenderedComponent<MudDialogProvider> dialogs) =>
        dialogs.FindComponents<MudButton>().Single(b => b.Markup.Contains("Delete web-1", StringComparison.Ordinal));
}
