using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Tests.Shared;

public sealed class ListQueryTests
{
    [Fact]
    public void Read_Address_GivesTheQuery() => Assert.Equal(new ListQuery("web", "since", true, 2), ListQuery.Read("web", "-since", 2));

    [Fact]
    public void Read_Nonsense_IsTheFirstPage() => Assert.Equal(new ListQuery(null, null, false, 1), ListQuery.Read(" ", null, -4));

    [Fact]
    public void SortedBy_SameColumn_TurnsAround()
    {
        var once = ListQuery.Read(null, null, 3).SortedBy("name");

        Assert.Equal((false, 1), (once.Descending, once.Page));
        Assert.True(once.SortedBy("name").Descending);
        Assert.False(once.SortedBy("name").SortedBy("since").Descending);
    }
}
