using System.Net.Http.Headers;
using System.Text;
using HostingPortal.Domain;
using HostingPortal.Domain.Certificates;
using Microsoft.AspNetCore.Mvc;

namespace HostingPortal.Web.Api;

/// <summary>
/// DNS-01 for nodes, as lego's <c>httpreq</c> provider asks for it: <c>{"fqdn":"_acme-challenge.www.acme.example.","value":"…"}</c> with HTTP basic
/// authentication, user = node id, password = the node's broker credential. Whatever is not allowed answers like an address that does not exist.
/// </summary>
internal static class DnsChallengeApi
{
    public const string Root = "/acme-dns";
    private const long LargestBody = 4 * 1024;

    public static void Map(WebApplication app)
    {
        var broker = app.MapGroup(Root).AllowAnonymous().RequireRateLimiting(ApiLimits.Broker).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ExcludeFromDescription();
        broker.MapPost("/present", async (Challenge body, HttpContext http, DnsBroker dns, CancellationToken ct) =>
        {
            var (node, password) = Credentials(http);
            await dns.PresentAsync(node, password, body.Fqdn ?? "", body.Value ?? "", ct);
        });
        broker.MapPost("/cleanup", async (Challenge body, HttpContext http, DnsBroker dns, CancellationToken ct) =>
        {
            var (node, password) = Credentials(http);
            await dns.CleanUpAsync(node, password, body.Fqdn ?? "", body.Value ?? "", ct);
        });
    }

    private static (string Node, string Password) Credentials(HttpContext http)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: < 1000 } parameter)
        {
            throw new NotFoundException();
        }

        Span<byte> bytes = stackalloc byte[1000];
        var pair = Convert.TryFromBase64String(parameter, bytes, out var length) ? Encoding.UTF8.GetString(bytes[..length]) : "";
        var colon = pair.IndexOf(':');
        return colon > 0 ? (pair[..colon], pair[(colon + 1)..]) : throw new NotFoundException();
    }

    internal sealed record Challenge(string? Fqdn, string? Value);
}
