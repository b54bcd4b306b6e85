using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;
using HostingPortal.Infrastructure.Hetzner.Http;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>Private networks, one for each managed project. They never meet, so all of them have the same range.</summary>
internal sealed class Networks(INetworksApi api, CreateOnce once, IOptions<HetznerOptions> options, TimeProvider time)
{
    private const string Range = "10.0.0.0/16";
    private const string Subnet = "10.0.0.0/24";

    public async Task<long> EnsureAsync(string token, string name, string networkZone, CloudLabels labels, CancellationToken ct)
    {
        var network = await once.RunAsync(
            async look => (await api.ListAsync(token, labels.Selector(), look)).Networks.Where(labels.Mark).MinBy(n => n.Id),
            async create => (await api.CreateAsync(token, new NetworkOrder(name, Range, [new SubnetOrder("cloud", networkZone, Subnet)], labels.ToDictionary()), create)).Network,
            "hetzner.name_taken",
            ct);
        return network.Id;
    }

    /// <summary>Servers leave a network a moment after they are deleted: it is asked again while it counts as used.</summary>
    public async Task DeleteAsync(string token, long id, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await api.DeleteAsync(token, id, ct);
                return;
            }
            catch (OutsideException e) when (Faults.IsGone(e))
            {
                return;
            }
            catch (OutsideException e) when (e.Code is "hetzner.resource_in_use" or "hetzner.conflict" && attempt < options.Value.MaxTries)
            {
                await Task.Delay(options.Value.RetryPause * attempt, time, ct);
            }
        }
    }
}
