using System.Net;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Hosting;

/// <summary>Reverse proxies in front of the portal, section <c>Proxy</c>. Only their word about the visitor's address and scheme counts.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses of the proxies, e.g. <c>10.0.0.4</c>. Empty: none, forwarded headers are ignored.</summary>
    public string[] KnownProxies { get; set; } = [];

    internal sealed class Check : IValidateOptions<ProxyOptions>
    {
        public ValidateOptionsResult Validate(string? name, ProxyOptions options)
        {
            var wrong = options.KnownProxies.Where(p => !IPAddress.TryParse(p, out _)).Select(p => $"Proxy:KnownProxies: '{p}' is not an IP address.").ToList();
            return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
        }
    }
}
