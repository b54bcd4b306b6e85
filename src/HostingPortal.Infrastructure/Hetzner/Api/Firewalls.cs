using Refit;

namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface IFirewallsApi
{
    [Get("/firewalls")]
    Task<FirewallList> ListAsync([Authorize("Bearer")] string token, [AliasAs("label_selector")] string labelSelector, CancellationToken ct);

    [Get("/firewalls/{id}")]
    Task<FirewallAnswer> GetAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);

    [Post("/firewalls")]
    Task<FirewallAnswer> CreateAsync([Authorize("Bearer")] string token, [Body] FirewallOrder order, CancellationToken ct);

    /// <summary>Replaces all rules, on all servers that carry the firewall.</summary>
    [Post("/firewalls/{id}/actions/set_rules")]
    Task<ActionAnswer> SetRulesAsync([Authorize("Bearer")] string token, long id, [Body] FirewallRules rules, CancellationToken ct);

    [Delete("/firewalls/{id}")]
    Task DeleteAsync([Authorize("Bearer")] string token, long id, CancellationToken ct);
}

internal sealed record FirewallOrder(string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<FirewallRuleDto> Rules);

internal sealed record FirewallRules(IReadOnlyList<FirewallRuleDto> Rules);

internal sealed record FirewallRuleDto(
    string Direction,
    string Protocol,
    string? Port,
    IReadOnlyList<string>? SourceIps,
    IReadOnlyList<string>? DestinationIps,
    string? Description);

internal sealed record FirewallList(IReadOnlyList<FirewallDto> Firewalls);

internal sealed record FirewallAnswer(FirewallDto Firewall);

internal sealed record FirewallDto(
    long Id,
    string Name,
    IReadOnlyDictionary<string, string>? Labels,
    IReadOnlyList<FirewallRuleDto>? Rules) : ILabelledDto;
