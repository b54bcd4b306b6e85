using HostingPortal.CloudSandbox.Acme;
using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.Machines.Images;
using HostingPortal.CloudSandbox.Machines.Metadata;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Servers;
using HostingPortal.CloudSandbox.Machines.Slots;
using HostingPortal.CloudSandbox.Packages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HostingPortal.CloudSandbox.Machines;

internal static class LabRegistration
{
    /// <summary>
    /// Real servers with their network, metadata, packages, DNS and ACME. Call it before other hosted services: they find the lab running.
    /// Needs an <see cref="IZoneData"/>; without machines only DNS and ACME on loopback are added.
    /// </summary>
    public static IServiceCollection AddMachines(this IServiceCollection services, LabOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton<LabSlot>().AddSingleton<LabInfo>();
        if (options.Machines)
        {
            services.AddSingleton<IAddressPlan>(provider => provider.GetRequiredService<LabSlot>());
            services.AddSingleton(_ => AptSources.Read()).AddSingleton<BaseImages>().AddSingleton<Router>().AddSingleton<ServerLinks>();
            services.AddSingleton<LabMachineHost>().AddSingleton<IMachineHost>(provider => provider.GetRequiredService<LabMachineHost>());
            services.AddHostedService<Lab>().AddHostedService<MetadataServer>().AddHostedService<PackageProxy>();
        }

        services.AddSingleton<ZoneAnswers>().AddHostedService<SandboxDns>();
        services.AddSingleton<AcmeKeys>().AddHostedService<AcmeServer>();
        return services;
    }
}
