using Bunit;
using HostingPortal.Domain;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Tests.Shared;

/// <summary>A part of a page that reads and listens: nothing that moves meanwhile is missed, failures can be tried again.</summary>
[Collection(PortalCollection.Name)]
public sealed class LoadViewTests(PortalHost host) : SignedInPages(host)
{
    private int reads;

    [Fact]
    public async Task News_WhileTheFirstReadIsUnderWay_MakeItReadAgain()
    {
        var (tenant, _) = await SignInOwnerAsync("lv");
        var view = Show(() =>
        {
            if (reads == 1)
            {
                Host.Get<ChangeFeed>().Publish("thing", "t-1", tenant.ClientId, tenant.ProjectId);
            }

            return Task.FromResult(reads);
        });
        await view.WaitForAssertionAsync(() => Assert.Equal("2", view.Find(".read").TextContent), Patience);
    }

    [Fact]
    public async Task News_OfOtherKindsOrClients_ReadNothing()
    {
        var (tenant, _) = await SignInOwnerAsync("lv");
        var other = await Tenant.CreateAsync(Host, "lv" + Guid.NewGuid().ToString("n")[..8], Ct);
        var view = Show(() => Task.FromResult(reads));
        await view.WaitForAssertionAsync(() => Assert.Equal("1", view.Find(".read").TextContent), Patience);
        Host.Get<ChangeFeed>().Publish("site", "s-1", tenant.ClientId);
        Host.Get<ChangeFeed>().Publish("thing", "t-1", other.ClientId);
        Host.Get<ChangeFeed>().Publish("thing", "t-1", tenant.ClientId);
        Host.Get<ChangeFeed>().Publish("thing", "t-2", tenant.ClientId);
        await view.WaitForAssertionAsync(() => Assert.Equal("2", view.Find(".read").TextContent), Patience);
    }

    [Fact]
    public async Task Read_Failed_SaysSoAndTriesAgainOnAClick()
    {
        await SignInOwnerAsync("lv");
        var view = Show(() => reads == 1 ? throw new OutsideException("hetzner.unavailable", "503") : Task.FromResult(reads));
        await view.WaitForAssertionAsync(() => Assert.NotEmpty(view.FindAll("button")), Patience);
        Assert.Empty(view.FindAll(".read"));
        await view.InvokeAsync(() => view.Find("button").ClickAsync(new()));
        await view.WaitForAssertionAsync(() => Assert.Equal("2", view.Find(".read").TextContent), Patience);
    }

    [Fact]
    public async Task Gone_WhileReading_DrawsAndHearsNothingMore()
    {
        var (tenant, _) = await SignInOwnerAsync("lv");
        var gate = new TaskCompletionSource<int>();
        var view = Show(() => gate.Task);
        await view.WaitForAssertionAsync(() => Assert.Equal(1, reads), Patience);
        await DisposeComponentsAsync();
        gate.SetResult(1);
        Host.Get<ChangeFeed>().Publish("thing", "t-1", tenant.ClientId);
        await Task.Delay(300, Ct);
        Assert.Equal(1, reads);
    }

    private IRenderedComponent<LoadView<string>> Show(Func<Task<int>> read) => Render<LoadView<string>>(p => p
        .Add(v => v.Source, async (Actor _, CancellationToken _) =>
        {
            Interlocked.Increment(ref reads);
            return $"{await read()}";
        })
        .Add(v => v.Watch, news => news.Kind == "thing")
        .Add(v => v.ChildContent, value => $"<i class=\"read\">{value}</i>"));
}
