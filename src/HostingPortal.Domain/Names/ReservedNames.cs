using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Names;

/// <summary>Names no client may claim: the portal's own and those the settings reserve, with everything below them.</summary>
public sealed class ReservedNames(IOptions<PortalOptions> options)
{
    private readonly string[] names = options.Value.ReservedNames
        .Concat(new[] { options.Value.BaseUrl, options.Value.BrokerUrl }
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : ""))
        .Select(name => DnsName.Parse(name)).OfType<string>().ToArray();

    public bool Contains(string name) => names.Any(reserved => DnsName.IsWithin(name, reserved));
}
