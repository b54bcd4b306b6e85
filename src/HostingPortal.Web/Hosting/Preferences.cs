using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Localization;

namespace HostingPortal.Web.Hosting;

/// <summary>Choices kept in cookies: colour scheme and language. Cookies are never written from a circuit, so these are plain posts.</summary>
internal static class Preferences
{
    public const string SchemeCookie = "portal-scheme";
    public static readonly string[] Schemes = ["light", "dark", "system"];

    public static string SchemeOf(HttpContext? http) =>
        http?.Request.Cookies[SchemeCookie] is { } scheme && Schemes.Contains(scheme) ? scheme : "system";

    public static void MapPortalPreferences(this WebApplication app)
    {
        app.MapPost("/preferences/scheme", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var scheme = form["scheme"].ToString();
            if (Schemes.Contains(scheme))
            {
                http.Response.Cookies.Append(SchemeCookie, scheme, Kept(http));
            }

            return Back(form["next"]);
        }).AllowAnonymous();

        app.MapPost("/preferences/language", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var culture = form["culture"].ToString();
            if (LocalizationSetup.Cultures.Contains(culture))
            {
                http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)), Kept(http));
            }

            return Back(form["next"]);
        }).AllowAnonymous();
    }

    /// <summary>Only paths of the portal itself: a form must not send people elsewhere.</summary>
    public static string LocalPath(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl) ? path : "/";

    private static IResult Back(string? next) => Results.LocalRedirect(LocalPath(next));

    private static CookieOptions Kept(HttpContext http) =>
        new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Secure = http.Request.IsHttps };
}
