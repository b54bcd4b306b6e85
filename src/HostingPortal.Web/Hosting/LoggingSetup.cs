using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace HostingPortal.Web.Hosting;

/// <summary>One compact JSON object a line on the console. Ids of client, project, node and run come from log scopes.</summary>
internal static class LoggingSetup
{
    private static readonly string[] CodePaths = ["/invite/", "/api/v1/invites/"];

    /// <summary>Request lines; the code of an invitation opens something and is left out.</summary>
    public static WebApplication UsePortalRequestLogging(this WebApplication app)
    {
        app.UseSerilogRequestLogging(options => options.GetMessageTemplateProperties = (http, _, elapsed, status) =>
        [
            new("RequestMethod", new ScalarValue(http.Request.Method)), new("RequestPath", new ScalarValue(Shown(http.Request.Path.Value ?? ""))),
            new("StatusCode", new ScalarValue(status)), new("Elapsed", new ScalarValue(elapsed)),
        ]);
        return app;
    }

    internal static string Shown(string path) => CodePaths.FirstOrDefault(p => path.StartsWith(p, StringComparison.OrdinalIgnoreCase)) is { } start ? start + "•••" : path;

    public static WebApplicationBuilder AddPortalLogging(this WebApplicationBuilder builder)
    {
        builder.Services.AddSerilog((_, log) => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .Enrich.With<AddressScope>()
            .WriteTo.Console(new RenderedCompactJsonFormatter()));
        builder.Services.AddHttpContextAccessor();
        return builder;
    }
}
