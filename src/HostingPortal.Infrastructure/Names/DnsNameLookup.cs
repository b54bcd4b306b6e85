using System.Net;
using DnsClient;
using DnsClient.Protocol;
using HostingPortal.Domain;
using HostingPortal.Domain.Names;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Names;

/// <summary>Asks without a cache: a proof somebody just made must be seen.</summary>
internal sealed class DnsNameLookup : INameLookup
{
    private const int DnsPort = 53;
    private readonly LookupClient client;

    public DnsNameLookup(IOptions<NameLookupOptions> options)
    {
        var servers = options.Value.Resolvers.Select(IPEndPoint.Parse).Select(e => new IPEndPoint(e.Address, e.Port == 0 ? DnsPort : e.Port)).ToArray();
        var settings = servers.Length > 0 ? new LookupClientOptions(servers) : new LookupClientOptions();
        settings.UseCache = false;
        settings.Timeout = options.Value.Timeout;
        settings.Retries = 2;
        client = new LookupClient(settings);
    }

    public async Task<IReadOnlyList<string>> GetTextAsync(string name, CancellationToken ct) =>
        [.. (await AskAsync(name, QueryType.TXT, ct)).TxtRecords().Select(record => string.Concat(record.Text))];

    public async Task<string?> GetAliasAsync(string name, CancellationToken ct) =>
        (await AskAsync(name, QueryType.CNAME, ct)).CnameRecords().FirstOrDefault()?.CanonicalName.Value.TrimEnd('.');

    public async Task<IReadOnlyList<string>> GetAddressesAsync(string name, CancellationToken ct)
    {
        var ipv4 = AskAsync(name, QueryType.A, ct);
        var ipv6 = await AskAsync(name, QueryType.AAAA, ct);
        return [.. (await ipv4).Concat(ipv6).OfType<AddressRecord>().Select(record => record.Address.ToString()).Distinct()];
    }

    /// <exception cref="OutsideException"><c>dns.unreachable</c>: no server answered, or none would say.</exception>
    private async Task<IReadOnlyList<DnsResourceRecord>> AskAsync(string name, QueryType type, CancellationToken ct)
    {
        try
        {
            var answer = await client.QueryAsync(name, type, cancellationToken: ct);
            return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
                ? answer.Answers
                : throw new OutsideException("dns.unreachable", $"{type} {name}: {answer.Header.ResponseCode}", transient: true);
        }
        catch (DnsResponseException e)
        {
            throw new OutsideException("dns.unreachable", $"{type} {name}: {e.Message}", transient: true, e);
        }
    }
}
