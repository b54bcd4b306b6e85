using HostingPortal.CloudSandbox.Actions;
using HostingPortal.CloudSandbox.Api;
using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.Api.Control;
using HostingPortal.CloudSandbox.Api.Firewalls;
using HostingPortal.CloudSandbox.Api.Images;
using HostingPortal.CloudSandbox.Api.Legacy;
using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.Api.Networks;
using HostingPortal.CloudSandbox.Api.Pricing;
using HostingPortal.CloudSandbox.Api.PrimaryIps;
using HostingPortal.CloudSandbox.Api.Servers;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.Api.SshKeys;
using HostingPortal.CloudSandbox.Api.Zones;
using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.Faults;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HostingPortal.CloudSandbox;

/// <summary>Registers the simulator: state, actions and one class per resource.</summary>
internal static class SandboxServices
{
    public static void AddSandboxState(this IServiceCollection services, SandboxOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new WorldStore(SnapshotFile.Load(options)));
        services.AddSingleton<SnapshotFile>();
        services.AddSingleton<AddressPool>();
        services.AddSingleton<ActionRunner>();
        services.AddSingleton<IZoneData, ZoneData>();
        services.AddHostedService<Resume>();
        services.AddHostedService(provider => provider.GetRequiredService<ActionRunner>());
    }

    public static void AddFaults(this IServiceCollection services)
    {
        services.AddSingleton<FaultStore>();
        services.AddSingleton<RequestCounter>();
        services.AddSingleton<FaultMiddleware>();
        services.AddSingleton<IControlResource, FaultEndpoints>();
        services.AddSingleton<IControlResource, RequestEndpoints>();
        services.AddSingleton<IControlResource, InfoEndpoint>();
        services.AddSingleton<ISandboxInfo, LabInfoPart>();
        services.AddSingleton<IControlResource, OfferEndpoints>();
    }

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<ServerTypeCatalogue>();
        services.AddSingleton<Datacenters>();
        services.AddSingleton<BootableImages>();
        services.AddSingleton<FirewallEffects>();
        services.AddHostedService(provider => provider.GetRequiredService<FirewallEffects>());
        services.AddSingleton<FirewallActions>();
        services.AddSingleton<ServerMachines>();
        services.AddSingleton<ServerViews>();
        services.AddSingleton<OrderReader>();
        services.AddSingleton<ServerOrders>();
        services.AddSingleton<PrimaryIpPool>();
        services.AddResource<LocationResource>();
        services.AddResource<ServerTypeResource>();
        services.AddResource<ImageResource>();
        services.AddResource<PricingResource>();
        services.AddSingleton<IApiResource>(provider => provider.GetRequiredService<Datacenters>());
        services.AddResource<ActionsResource>();
        services.AddResource<SshKeyResource>();
        services.AddResource<PrimaryIpResource>();
        services.AddResource<ServerResource>();
        services.AddResource<ServerPowerActions>();
        services.AddResource<ServerChangeActions>();
        services.AddResource<ServerNetworkActions>();
        services.AddResource<NetworkResource>();
        services.AddResource<NetworkActions>();
        services.AddResource<FirewallResource>();
        services.AddResource<ZoneResource>();
        services.AddResource<ZoneActions>();
        services.AddResource<RecordSetResource>();
        services.AddResource<RecordSetActions>();
    }

    /// <summary>Simulated machines and fixed addresses, where nothing real was registered before.</summary>
    public static void AddMachinesOff(this IServiceCollection services)
    {
        services.TryAddSingleton<IMachineHost, MachinesOff>();
        services.TryAddSingleton<IAddressPlan, FixedAddressPlan>();
    }

    public static void MapApi(this WebApplication app)
    {
        var routes = new ApiRoutes(app, app.Services.GetRequiredService<ApiPipeline>());
        foreach (var resource in app.Services.GetServices<IApiResource>())
        {
            resource.Map(routes);
        }
    }

    /// <summary>Everything below <c>/_sandbox</c>.</summary>
    public static void MapControl(this WebApplication app)
    {
        var routes = new ControlRoutes(app);
        foreach (var resource in app.Services.GetServices<IControlResource>())
        {
            resource.Map(routes);
        }
    }

    private static void AddResource<T>(this IServiceCollection services)
        where T : class, IApiResource => services.AddSingleton<IApiResource, T>();
}
