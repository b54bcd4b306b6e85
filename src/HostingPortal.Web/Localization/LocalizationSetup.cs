using Microsoft.AspNetCore.Localization;

namespace HostingPortal.Web.Localization;

/// <summary>English and German, by cookie, then by what the browser asks for.</summary>
internal static class LocalizationSetup
{
    public static readonly string[] Cultures = ["en", "de"];

    public static WebApplicationBuilder AddPortalLocalization(this WebApplicationBuilder builder)
    {
        builder.Services.AddLocalization();
        builder.Services.AddSingleton<Texts>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Cultures[0]).AddSupportedCultures(Cultures).AddSupportedUICultures(Cultures);
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        return builder;
    }
}
