using System.Net;
using System.Text.Json.Nodes;
using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.Api.Control;

/// <summary>Where the DNS server, the ACME server and the package proxy listen; a member is null while its service does not run.</summary>
internal sealed class LabInfoPart(LabInfo lab) : ISandboxInfo
{
    public void Contribute(JsonObject info)
    {
        info["dns"] = lab.Dns is { } dns && IPEndPoint.TryParse(dns, out var endpoint)
            ? new JsonObject { ["address"] = endpoint.Address.ToString(), ["port"] = endpoint.Port }
            : null;
        info["acme"] = lab.AcmeDirectory is { } directory
            ? new JsonObject { ["directory"] = directory, ["caPem"] = lab.AcmeServerCa, ["rootPem"] = lab.AcmeIssuerRoot }
            : null;
        info["packages"] = lab.PackageProxy is { } proxy ? new JsonObject { ["proxy"] = proxy } : null;
    }
}
