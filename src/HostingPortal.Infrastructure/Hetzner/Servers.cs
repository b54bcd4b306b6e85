using System.Net;
using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;
using HostingPortal.Infrastructure.Hetzner.Http;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner;

internal sealed class Servers(IServersApi api, CreateOnce once, ActionPoller actions, IOptions<HetznerOptions> options, TimeProvider time)
{
    private const int LooksAfterDelete = 20;

    public async Task<IReadOnlyList<CloudServer>> ListAsync(string token, string instance, CancellationToken ct) =>
        (await SelectAsync(token, $"portal-instance=={instance}", ct)).ConvertAll(server => ToServer(server, []));

    public async Task<CloudServer?> GetAsync(string token, long id, CancellationToken ct)
    {
        try
        {
            return ToServer((await api.GetAsync(token, id, ct)).Server, []);
        }
        catch (OutsideException e) when (Faults.IsGone(e))
        {
            return null;
        }
    }

    /// <summary>Its public side as Hetzner has it now.</summary>
    public async Task<PublicNetDto?> NetOfAsync(string token, long id, CancellationToken ct) => (await api.GetAsync(token, id, ct)).Server.PublicNet;

    public Task<CloudServer> CreateAsync(string token, CloudServerOrder order, CancellationToken ct) => once.RunAsync(
        look => FindOwnAsync(token, order.Labels, look),
        async create =>
        {
            var made = await api.CreateAsync(token, ToDto(order), create);
            return ToServer(made.Server, new ActionAnswer(made.Action, made.NextActions, null).Ids);
        },
        "hetzner.name_taken",
        ct);

    public async Task<string> JoinNetworkAsync(string token, long id, long networkId, CancellationToken ct)
    {
        if (await AddressInAsync(token, id, networkId, ct) is { } there)
        {
            return there;
        }

        await actions.WaitAsync(token, (await api.AttachAsync(token, id, new NetworkReference(networkId), ct)).Ids, ct);
        return await AddressInAsync(token, id, networkId, ct) ?? throw new OutsideException("hetzner.no_address", $"Server {id} joined network {networkId} without an address.", transient: true);
    }

    public async Task LeaveNetworkAsync(string token, long id, long networkId, CancellationToken ct)
    {
        if (await AddressInAsync(token, id, networkId, ct) is not null)
        {
            await actions.WaitAsync(token, (await api.DetachAsync(token, id, new NetworkReference(networkId), ct)).Ids, ct);
        }
    }

    private async Task<string?> AddressInAsync(string token, long id, long networkId, CancellationToken ct) =>
        (await api.GetAsync(token, id, ct)).Server.PrivateNet?.FirstOrDefault(n => n.Network == networkId)?.Ip;

    public async Task SetLabelsAsync(string token, long id, CloudLabels labels, CancellationToken ct) =>
        await api.UpdateAsync(token, id, new ServerUpdate(labels.ToDictionary()), ct);

    public async Task EnableBackupsAsync(string token, long id, CancellationToken ct)
    {
        if ((await api.GetAsync(token, id, ct)).Server.BackupWindow is null)
        {
            await actions.WaitAsync(token, (await api.EnableBackupAsync(token, id, ct)).Ids, ct);
        }
    }

    public async Task SetProtectionAsync(string token, long id, bool on, CancellationToken ct)
    {
        try
        {
            if ((await api.GetAsync(token, id, ct)).Server.Protection?.Delete != on)
            {
                await actions.WaitAsync(token, (await api.ProtectAsync(token, id, new ServerProtection(on, on), ct)).Ids, ct);
            }
        }
        catch (OutsideException e) when (Faults.IsGone(e))
        {
            // There is nothing left to protect.
        }
    }

    public async Task DeleteAsync(string token, long id, CancellationToken ct)
    {
        try
        {
            var answer = await api.DeleteAsync(token, id, ct);
            await actions.WaitAsync(token, answer.Ids, ct);
        }
        catch (OutsideException e) when (Faults.IsGone(e))
        {
            return;
        }

        for (var i = 0; await GetAsync(token, id, ct) is not null; i++)
        {
            if (i == LooksAfterDelete)
            {
                throw new OutsideException("hetzner.still_there", $"Server {id} is still listed after its deletion ended.", transient: true);
            }

            await Task.Delay(options.Value.PollPause, time, ct);
        }
    }

    /// <exception cref="OutsideException">
    /// <c>hetzner.duplicate</c>: several carry our id. <c>hetzner.other_operation</c>: one carries our id but was made by another run or portal.
    /// </exception>
    private async Task<CloudServer?> FindOwnAsync(string token, CloudLabels labels, CancellationToken ct)
    {
        var found = await SelectAsync(token, labels.Selector(), ct);
        return found switch
        {
            [] => null,
            [var one] when labels.MarkOperation(one) => ToServer(one, []),
            [var one] => throw new OutsideException("hetzner.other_operation", $"Server {one.Id} carries {labels.Id} but is not of operation {labels.Operation}."),
            _ => throw new OutsideException("hetzner.duplicate", $"Servers {string.Join(", ", found.Select(s => s.Id))} all carry {labels.Id}."),
        };
    }

    private Task<List<ServerDto>> SelectAsync(string token, string selector, CancellationToken ct) =>
        Paging.ReadAllAsync(page => api.ListAsync(token, selector, page, Paging.PageSize, ct).AsPage<ServerList, ServerDto>());

    private static ServerOrder ToDto(CloudServerOrder order) => new(
        order.Name,
        order.ServerType,
        order.Location,
        order.Image,
        order.SshKeyIds,
        [.. order.FirewallIds.Select(id => new FirewallReference(id))],
        order.UserData,
        order.Labels.ToDictionary(),
        new PublicNetOrder(order.EnableIpv4, order.EnableIpv6),
        order.NetworkIds);

    private static CloudServer ToServer(ServerDto server, IReadOnlyList<long> actionIds) => new(
        server.Id,
        server.Name,
        server.Status,
        server.PublicNet?.Ipv4?.Ip,
        FirstAddress(server.PublicNet?.Ipv6?.Ip),
        server.Labels ?? new Dictionary<string, string>(),
        actionIds,
        server.PrivateNet is [var first, ..] ? first.Ip : null);

    /// <summary><c>2001:db8:1::/64</c> → <c>2001:db8:1::1</c>, the address Hetzner configures on the server.</summary>
    private static string? FirstAddress(string? network)
    {
        if (!IPNetwork.TryParse(network, out var parsed))
        {
            return null;
        }

        var bytes = parsed.BaseAddress.GetAddressBytes();
        bytes[^1] |= 1;
        return new IPAddress(bytes).ToString();
    }
}
