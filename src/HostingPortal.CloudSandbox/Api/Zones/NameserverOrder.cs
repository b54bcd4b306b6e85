using System.Net;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>A primary nameserver a secondary zone is fetched from.</summary>
internal static class NameserverOrder
{
    private static readonly string[] Algorithms = ["hmac-md5", "hmac-sha1", "hmac-sha256"];

    public static PrimaryNameserver Read(Body body)
    {
        var address = body.Text("address", required: true);
        if (address is not null && !IPAddress.TryParse(address, out _))
        {
            body.Reject("address", "is not an IP address");
        }

        var port = body.Number("port", min: 1, max: 65535) ?? 53;
        return new PrimaryNameserver(address ?? "", (int)port, body.Text("tsig_key"), body.OneOf("tsig_algorithm", Algorithms));
    }
}
