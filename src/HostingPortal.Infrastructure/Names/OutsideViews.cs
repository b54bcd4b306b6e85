using HostingPortal.Domain.Names;
using HostingPortal.Domain.Sites;
using HostingPortal.Infrastructure.Sites;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Names;

/// <summary>What visitors see: names in DNS and sites over HTTPS.</summary>
internal static class OutsideViews
{
    public static IServiceCollection AddOutsideViews(this IServiceCollection services)
    {
        services.AddOptions<NameLookupOptions>().BindConfiguration(NameLookupOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NameLookupOptions>, NameLookupOptionsCheck>();
        services.AddOptions<SiteProbeOptions>().BindConfiguration(SiteProbeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SiteProbeOptions>, SiteProbeOptionsCheck>();
        return services.AddSingleton<INameLookup, DnsNameLookup>().AddSingleton<ISiteProbe, HttpSiteProbe>();
    }
}
