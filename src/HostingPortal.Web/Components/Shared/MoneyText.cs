using System.Globalization;

namespace HostingPortal.Web.Components.Shared;

/// <summary>Amounts with two decimals in the user's culture and the currency's sign: <c>€5.49</c>, <c>5,49 €</c>.</summary>
public static class MoneyText
{
    public static string For(decimal amount, string currency = "EUR", int decimals = 2)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        format.CurrencySymbol = currency switch { "EUR" => "€", "USD" => "$", _ => currency + " " };
        format.CurrencyDecimalDigits = decimals;
        if (CultureInfo.CurrentCulture.TwoLetterISOLanguageName != "de")
        {
            format.CurrencyPositivePattern = 0;
            format.CurrencyNegativePattern = 1;
        }

        return amount.ToString("C", format);
    }
}
