using System.Security.Claims;
using Bunit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Web.Tests.Support;

/// <summary>Live components over the services and the database of the running portal, with a person signed in.</summary>
public abstract class SignedInPages : Pages
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected SignedInPages(PortalHost host, params Type[] services)
    {
        Host = host;
        foreach (var service in services.Append(typeof(ActorService)).Append(typeof(ChangeFeed)))
        {
            Services.AddSingleton(service, host.Services.GetRequiredService(service));
        }

        Services.AddScoped<CurrentActor>().AddScoped<Handover>().AddSingleton<HandoverShelf>();
    }

    protected PortalHost Host { get; }

    protected static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    /// <summary>A new client whose owner is signed in.</summary>
    internal async Task<(Tenant Tenant, Actor Owner)> SignInOwnerAsync(string prefix)
    {
        var tenant = await Tenant.CreateAsync(Host, prefix + Guid.NewGuid().ToString("n")[..8], Ct);
        var session = await Host.Get<SessionService>().StartAsync(tenant.OwnerId, "test", null, strong: false, Ct);
        var auth = AddAuthorization();
        auth.SetAuthorized("person");
        auth.SetClaims(new Claim(ClaimTypes.NameIdentifier, tenant.OwnerId), new Claim(SessionCookie.Claim, session));
        SetRendererInfo(new RendererInfo("Server", true));
        return (tenant, (await Host.Get<ActorService>().FindBySessionAsync(session, Ct))!);
    }
}
