using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Layout;

namespace HostingPortal.Web.Tests.Shared;

public sealed class NavigationTests
{
    [Theory]
    [InlineData("", "./")]
    [InlineData("projects/p-1", "projects")]
    [InlineData("projects/p-1/sites/s-1", "sites")]
    [InlineData("projects/p-1/nodes/n-1", "nodes")]
    [InlineData("settings/staff", "settings/accounts")]
    public void SectionOf_Address_IsTheEntryThatLeadsThere(string path, string entry) => Assert.Equal(entry, NavigationEntry.SectionOf(path));

    [Fact]
    public void For_Client_HasNothingOfTheStaff()
    {
        var entries = NavigationEntry.For(new Actor("u", "Ann", PortalRole.Client, new Dictionary<string, ClientRole>())).Select(e => e.Href).ToList();

        Assert.DoesNotContain("clients", entries);
        Assert.DoesNotContain("audit", entries);
        Assert.DoesNotContain("nodes", entries);
    }

    [Theory]
    [InlineData("Mara Lind", "ML")]
    [InlineData("ann", "A")]
    [InlineData("", "?")]
    public void Initials_Name_IsShort(string name, string initials) => Assert.Equal(initials, UserMenu.Initials(name));
}
