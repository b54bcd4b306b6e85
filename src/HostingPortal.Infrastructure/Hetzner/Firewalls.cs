using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;
using HostingPortal.Infrastructure.Hetzner.Http;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner;

internal sealed class Firewalls(IFirewallsApi api, CreateOnce once, ActionPoller actions, IOptions<HetznerOptions> options, TimeProvider time)
{
    public async Task<long> EnsureAsync(string token, string name, IReadOnlyList<CloudFirewallRule> rules, CloudLabels labels, CancellationToken ct)
    {
        var wanted = rules.Select(ToDto).ToList();
        var firewall = await once.RunAsync(
            async look => (await api.ListAsync(token, labels.Selector(), look)).Firewalls.Where(labels.Mark).MinBy(f => f.Id),
            async create => (await api.CreateAsync(token, new FirewallOrder(name, labels.ToDictionary(), wanted), create)).Firewall,
            "hetzner.name_taken",
            ct);
        if (!Same(firewall.Rules ?? [], wanted))
        {
            var answer = await api.SetRulesAsync(token, firewall.Id, new FirewallRules(wanted), ct);
            await actions.WaitAsync(token, answer.Ids, ct);
        }

        return firewall.Id;
    }

    /// <summary>What the firewalls of one server let in; null without any.</summary>
    public async Task<IReadOnlyList<CloudFirewallRule>?> RulesOfAsync(string token, PublicNetDto? net, CancellationToken ct)
    {
        var applied = (net?.Firewalls ?? []).Where(f => f.Status == "applied").ToList();
        var answers = await Task.WhenAll(applied.Select(f => api.GetAsync(token, f.Id, ct)));
        return applied.Count == 0 ? null : [.. answers.SelectMany(a => a.Firewall.Rules ?? []).Select(FromDto)];
    }

    /// <summary>Servers leave a firewall a moment after they are deleted: it is asked again while it counts as used.</summary>
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
            catch (OutsideException e) when (e.Code == "hetzner.resource_in_use" && attempt < options.Value.MaxTries)
            {
                await Task.Delay(options.Value.RetryPause * attempt, time, ct);
            }
        }
    }

    private static FirewallRuleDto ToDto(CloudFirewallRule rule) => rule.Direction == "in"
        ? new FirewallRuleDto("in", rule.Protocol, rule.Port, rule.Cidrs, [], rule.Description)
        : new FirewallRuleDto("out", rule.Protocol, rule.Port, [], rule.Cidrs, rule.Description);

    private static CloudFirewallRule FromDto(FirewallRuleDto rule) =>
        new(rule.Direction, rule.Protocol, rule.Port, (rule.Direction == "in" ? rule.SourceIps : rule.DestinationIps) ?? [], rule.Description ?? "");

    private static bool Same(IReadOnlyList<FirewallRuleDto> one, List<FirewallRuleDto> other) =>
        one.Select(Text).Order(StringComparer.Ordinal).SequenceEqual(other.Select(Text).Order(StringComparer.Ordinal));

    private static string Text(FirewallRuleDto rule) => string.Join(
        '|',
        rule.Direction,
        rule.Protocol,
        rule.Port,
        string.Join(',', (rule.SourceIps ?? []).Order(StringComparer.Ordinal)),
        string.Join(',', (rule.DestinationIps ?? []).Order(StringComparer.Ordinal)),
        rule.Description);
}
