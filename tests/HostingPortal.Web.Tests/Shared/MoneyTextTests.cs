using System.Globalization;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Tests.Shared;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("en", 5.49, "€5.49")]
    [InlineData("en", 0.5, "€0.50")]
    [InlineData("de", 1234.5, "1.234,50 €")]
    public void For_Culture_TwoDecimals(string culture, double amount, string text)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(text, MoneyText.For((decimal)amount).Replace('\u00a0', ' '));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
