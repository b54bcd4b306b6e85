using System.Net;

namespace HostingPortal.Infrastructure.Hetzner.Http;

/// <summary>Which calls may be sent again after which answers. Codes: https://docs.hetzner.cloud/reference/cloud#errors</summary>
internal static class RetryRules
{
    /// <summary>POSTs that set a state: sent twice they end where once ends.</summary>
    private static readonly HashSet<string> RepeatableActions = ["set_rules", "set_records", "poweron", "poweroff", "change_ttl", "change_protection", "enable_backup"];

    /// <summary>The API refused and nothing happened: any call may be sent again.</summary>
    private static readonly HashSet<string> Refused = ["conflict", "rate_limit_exceeded", "locked"];

    /// <summary>Something between, or the API itself, gave up: what was asked may have happened.</summary>
    private static readonly HashSet<string> Unclear = ["bad_gateway", "timeout", "unavailable"];

    private static readonly HashSet<HttpStatusCode> UnclearStatuses =
        [HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    public static bool IsRepeatable(HttpRequestMessage request) =>
        request.Method != HttpMethod.Post || RepeatableActions.Contains(request.RequestUri!.Segments[^1]);

    public static bool MayRepeat(HttpRequestMessage request, ApiFault fault) =>
        (fault.FromApi && Refused.Contains(fault.Code)) || (IsUnclear(fault) && IsRepeatable(request));

    /// <summary>True when the same call may pass a little later.</summary>
    public static bool IsPassing(ApiFault fault) => (fault.FromApi && Refused.Contains(fault.Code)) || IsUnclear(fault);

    private static bool IsUnclear(ApiFault fault) => fault.FromApi ? Unclear.Contains(fault.Code) : UnclearStatuses.Contains(fault.Status);
}
