using HostingPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using MudBlazor.Services;

namespace HostingPortal.Web.Components;

/// <summary>Blazor Server with MudBlazor.</summary>
internal static class PagesSetup
{
    public static WebApplicationBuilder AddPortalPages(this WebApplicationBuilder builder)
    {
        // Files of packages such as MudBlazor, when the portal runs from its build output instead of a published folder.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().RegisterPersistentService<Handover>(RenderMode.InteractiveServer);
        builder.Services.AddScoped<Handover>().AddSingleton<HandoverShelf>();
        builder.Services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
            options.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
            options.SnackbarConfiguration.PreventDuplicates = true;
        });
        return builder;
    }

    public static void MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
