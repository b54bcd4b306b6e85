using HostingPortal.Domain.Nodes;
using HostingPortal.Testing.Fakes;
using Xunit;

namespace HostingPortal.Domain.Tests.Nodes;

public sealed class PricingTests
{
    private static readonly CloudWorld Cloud = new();

    [Theory]
    [InlineData(0, null, false)]
    [InlineData(0, 4.5, false)]
    [InlineData(0, 4.49, true)]
    [InlineData(10, 14.5, false)]
    [InlineData(10, 14.25, true)]
    public void Of_ClientAndBudget_SaysWhetherItPasses(double before, double? budget, bool over)
    {
        var price = NodePricing.Of(Cloud.Catalog, "cx23", "fsn1", (decimal)before, (decimal?)budget);
        Assert.Equal((4.50m, (decimal)before + 4.50m, over), (price.Monthly, price.AfterMonthly, price.OverBudget));
    }

    [Fact]
    public void Of_WithBackups_TheirShareToTheNextCentIsPartOfEveryFigure()
    {
        var offer = Cloud.Catalog.ServerTypes[0].Offers[0] with { Monthly = 3.49m };
        var catalog = Cloud.Catalog with { ServerTypes = [Cloud.Catalog.ServerTypes[0] with { Offers = [offer] }] };
        var price = NodePricing.Of(catalog, "cx23", "fsn1", 10m, 14.68m, backups: true);
        Assert.Equal((0.70m, 4.69m, 14.69m, true, 0.0072m), (price.Backup, price.Monthly, price.AfterMonthly, price.OverBudget, price.Hourly));
        Assert.Equal(0, NodePricing.Of(catalog, "cx23", "fsn1", 10m, null).Backup);
    }

    [Theory]
    [InlineData("cx00", "fsn1", "Node.TypeUnknown")]
    [InlineData("cx23", "hel1", "Node.TypeNotThere")]
    [InlineData("cx99", "fsn1", "Node.SoldOut")]
    public void Of_WhatCannotBeHad_IsRefused(string type, string location, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolationException>(() => NodePricing.Of(Cloud.Catalog, type, location, 0, null)).Code);
}
