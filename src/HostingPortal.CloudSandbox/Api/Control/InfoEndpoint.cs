using System.Net;
using System.Text.Json.Nodes;
using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.Api.Control;

/// <summary>
/// GET <c>/_sandbox/info</c>: <c>{port, machines:{real,reason}, publicIpv4Range, publicIpv6Range, gateway}</c> and what contributors add:
/// <c>dns:{address,port}</c>, <c>acme:{directory,caPem,rootPem}</c>, <c>packages:{proxy}</c>.
/// </summary>
internal sealed class InfoEndpoint(IMachineHost machines, IAddressPlan plan, IEnumerable<ISandboxInfo> parts) : IControlResource
{
    public void Map(ControlRoutes routes) => routes.Get("/info", (http, _) => Reply.Ok(Collect(http)));

    private JsonObject Collect(HttpContext http)
    {
        var info = new JsonObject
        {
            ["port"] = http.Connection.LocalPort,
            ["machines"] = new JsonObject { ["real"] = machines.IsReal, ["reason"] = machines.Reason },
            ["publicIpv4Range"] = plan.PublicIpv4Range,
            ["publicIpv6Range"] = plan.PublicIpv6Range,
            ["gateway"] = Networks.Cidrs.At(IPNetwork.Parse(plan.PublicIpv4Range), 1),
        };
        foreach (var part in parts)
        {
            part.Contribute(info);
        }

        return info;
    }
}
