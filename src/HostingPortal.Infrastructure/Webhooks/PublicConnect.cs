using System.Net;
using System.Net.Sockets;
using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Webhooks;

/// <summary>
/// Opens the connection of a webhook. The name is resolved here, once, and it is these addresses that are looked at and connected to: a name that answers
/// differently the next time changes nothing.
/// </summary>
internal sealed class PublicConnect(IOptions<WebhookOptions> options)
{
    private const int Https = 443;
    private readonly IReadOnlyList<IPNetwork> allowed = [.. options.Value.AllowedNetworks.Select(n => IPNetwork.Parse(n))];

    public async ValueTask<Stream> OpenAsync(DnsEndPoint target, CancellationToken ct)
    {
        if (options.Value.Ports is { Length: > 0 } ports ? !ports.Contains(target.Port) : target.Port != Https)
        {
            throw new OutsideException("webhook.port", $"port {target.Port}");
        }

        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, ct);
        if (addresses.FirstOrDefault(a => !MayReach(a)) is { } inside)
        {
            throw new OutsideException("webhook.address", $"{target.Host} is {inside}");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayReach(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return WebhookAddress.IsPublic(plain) || allowed.Any(n => n.Contains(plain));
    }
}
