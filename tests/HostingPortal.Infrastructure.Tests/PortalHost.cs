using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Infrastructure.Tests;

/// <summary>A host with everything <c>AddInfrastructure</c> adds, on given settings.</summary>
internal static class PortalHost
{
    public static IHost Build(PrivateFolder folder, params (string Key, string? Value)[] settings)
    {
        Directory.CreateDirectory(folder.File("content/node-templates"));
        File.WriteAllText(folder.File("content/galaxy.yml"), "version: 1.0.0\n");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Folder"] = folder.File("data"),
            ["Content:Folder"] = folder.File("content"),
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value));
        builder.Logging.ClearProviders();
        builder.AddInfrastructure();
        return builder.Build();
    }
}
