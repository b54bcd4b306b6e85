using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using HostingPortal.Infrastructure.Hetzner.Api;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>Waits for actions: one loop per account asks for all ids anybody waits for, 25 a call.</summary>
internal sealed class ActionPoller(IActionsApi api, IOptions<HetznerOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, AccountActions> accounts = new();

    /// <exception cref="Domain.OutsideException"><c>hetzner.action_failed</c> with the API's reason, or <c>hetzner.action_timeout</c>.</exception>
    public Task WaitAsync(string token, IReadOnlyList<long> actionIds, CancellationToken ct)
    {
        // Tokens are not kept as keys of a long-lived table.
        var account = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        return accounts.GetOrAdd(account, _ => new AccountActions(api, options.Value, time)).WaitAsync(token, actionIds, ct);
    }
}
