using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Servers;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Metadata;

/// <summary>
/// Answers servers that ask <c>http://169.254.169.254/hetzner/v1/…</c>, each about itself: the router hands the calls on with the sender's address.
/// </summary>
internal sealed class MetadataServer(LabSlot lab, LabMachineHost machines) : IHostedService
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken) =>
        _app = await GatewayEndpoint.StartAsync([lab.Slot.GatewayIpv4], LabPorts.Metadata, AnswerAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _app?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    private Task AnswerAsync(HttpContext context)
    {
        var sender = context.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "";
        var text = machines.FindByIpv4(sender) is { } machine ? MetadataDocument.Find(machine, context.Request.Path) : null;
        context.Response.StatusCode = text is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text ?? "not found\n");
    }
}
