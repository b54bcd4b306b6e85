using HostingPortal.Infrastructure;
using HostingPortal.Web.Account;
using HostingPortal.Web.Api;
using HostingPortal.Web.Components;
using HostingPortal.Web.Hosting;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;

var builder = WebApplication.CreateBuilder(args);
builder.AddPortalLogging();
builder.AddPortalOptions();
builder.AddInfrastructure();
builder.AddPortalServices();
builder.AddPortalIdentity();
builder.AddPortalLocalization();
builder.AddPortalPages();
builder.AddPortalProtection();
builder.AddPortalApi();

var app = builder.Build();
if (await app.Services.RunCommandAsync(args) is { } exitCode)
{
    return exitCode;
}

app.UsePortalPipeline();
app.MapPortalHealth();
app.MapPortalPreferences();
app.MapPortalAccount();
app.MapApi();
app.MapPortalPages();
await app.RunAsync();
return 0;
