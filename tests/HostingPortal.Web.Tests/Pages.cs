using Bunit;
using HostingPortal.Web.Localization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace HostingPortal.Web.Tests;

/// <summary>A bUnit context with the portal's sentences and MudBlazor, its scripts answered loosely.</summary>
public abstract class Pages : BunitContext
{
    protected Pages()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging().AddLocalization().AddMudServices();
        Services.AddSingleton<Texts>().AddSingleton(TimeProvider.System);
    }

    protected Texts T => Services.GetRequiredService<Texts>();
}
