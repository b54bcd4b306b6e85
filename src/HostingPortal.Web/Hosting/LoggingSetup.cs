using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace HostingPortal.Web.Hosting;

/// <summary>One compact JSON object a line on the console. Ids of client, project, node and run come from log scopes.</summary>
internal static class LoggingSetup
{
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
