using HostingPortal.Web.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace HostingPortal.Web.Tests.Hosting;

/// <summary>The router lets a page without a word about access stay open after its sign-in has ended; the server's fallback policy sees only requests.</summary>
public sealed class PageAccessTests
{
    [Fact]
    public void EveryPage_SaysWhoMayOpenIt()
    {
        var pages = typeof(SignIn).Assembly.GetTypes().Where(t => t.IsDefined(typeof(RouteAttribute), inherit: false)).ToList();
        Assert.InRange(pages.Count, 20, 200);
        Assert.Empty(pages.Where(p => !p.IsDefined(typeof(AuthorizeAttribute), inherit: true) && !p.IsDefined(typeof(AllowAnonymousAttribute), inherit: true)).Select(p => p.Name));
    }
}
