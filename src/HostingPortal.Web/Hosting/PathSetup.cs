using HostingPortal.Domain;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Hosting;

/// <summary>
/// A portal whose address has a path, e.g. <c>https://example.com/hosting</c>: pages, live connections and redirects stay below it, whether the proxy in front passes the path on
/// or takes it away.
/// </summary>
internal static class PathSetup
{
    public static void UsePortalPath(this WebApplication app)
    {
        var path = new PathString(new Uri(app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.BaseUrl).AbsolutePath.TrimEnd('/'));
        if (path.HasValue)
        {
            app.Use((http, next) =>
            {
                if (http.Request.Path.StartsWithSegments(path, out var below))
                {
                    http.Request.Path = below;
                }

                http.Request.PathBase = path;
                http.Response.OnStarting(() => Redirect(http.Response.Headers, path));
                return next(http);
            });
        }
    }

    private static Task Redirect(IHeaderDictionary headers, PathString path)
    {
        var location = headers.Location.ToString();
        if (location.StartsWith('/') && !new PathString(location.Split('?', '#')[0]).StartsWithSegments(path))
        {
            headers.Location = path + location;
        }

        return Task.CompletedTask;
    }
}
