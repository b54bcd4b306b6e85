using System.Net;

namespace HostingPortal.CloudSandbox.Machines;

/// <summary>A small HTTP server of the lab on the gateway's own addresses, apart from the API.</summary>
internal static class GatewayEndpoint
{
    public static async Task<WebApplication> StartAsync(IEnumerable<string> addresses, int port, RequestDelegate handler, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, Quiet>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var address in addresses)
            {
                kestrel.Listen(IPAddress.Parse(address), port);
            }
        });
        var app = builder.Build();
        app.Run(handler);
        await app.StartAsync(ct);
        return app;
    }

    /// <summary>Leaves signals to the process's own host.</summary>
    private sealed class Quiet : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
