using Bunit;
using HostingPortal.Domain;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Components.Certificates;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HostingPortal.Web.Tests.Certificates;

[Collection(PortalCollection.Name)]
public sealed class CertificatesPageTests(PortalHost host) : SignedInPages(host, typeof(CertificateQueries))
{
    private static readonly DateTime Now = new(2026, 11, 23, 6, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Page_OfAClient_ShowsOwnCertificatesWithEndAndError()
    {
        var (tenant, owner) = await SignInOwnerAsync("ce");
        await using (var db = Host.Database())
        {
            await db.Certificates.Where(c => c.ProjectId == tenant.ProjectId).ExecuteUpdateAsync(
                c => c.SetProperty(x => x.State, CertificateState.Failing).SetProperty(x => x.LastError, "no such zone").SetProperty(x => x.NotAfter, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(9.5)), Ct);
        }

        Services.GetRequiredService<NavigationManager>().NavigateTo("/certificates?show=failing&sort=-end");
        var page = Render<CertificatesPage>(p => p.AddCascadingValue(owner));
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("tbody tr")), Patience);
        var text = page.Find("tbody").TextContent;
        Assert.All([$"www.{tenant.Marker}.example", "Renewal fails", "no such zone", "in 9 days"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Empty((await Host.Get<CertificateQueries>().ListAsync(owner, null, CertificateFilter.Ordered, new PageQuery(), Ct)).Items);
    }

    [Theory]
    [InlineData(CertificateState.Valid, 60, "Certificates.Valid")]
    [InlineData(CertificateState.Valid, 20, "Certificates.Ending")]
    [InlineData(CertificateState.Valid, -1, "Certificates.Over")]
    [InlineData(CertificateState.Failing, 60, "Certificates.Failing")]
    [InlineData(CertificateState.Ordered, null, "Certificates.Ordered")]
    public void Status_OfACertificate_NamesTheWorst(CertificateState state, int? days, string key) =>
        Assert.Equal(key, CertificateWords.Status(new CertificateRow("x", "s", "c", "p", "shop", "n", "web-1", ["a.example"], state, days is { } d ? Now.AddDays(d) : null, null, null), Now).TextKey);
}
