using HostingPortal.Domain;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Hosting;

/// <summary>Settings are checked before anything starts; all failures are named at once.</summary>
internal static class OptionsSetup
{
    public static WebApplicationBuilder AddPortalOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<AcmeOptions>().BindConfiguration(AcmeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptions.Check>();
        return builder;
    }
}
