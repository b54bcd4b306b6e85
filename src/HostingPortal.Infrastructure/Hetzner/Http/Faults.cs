using HostingPortal.Domain;

namespace HostingPortal.Infrastructure.Hetzner.Http;

/// <summary>How callers tell one outside error from another.</summary>
internal static class Faults
{
    private const string UnreachableCode = "hetzner.unreachable";

    /// <summary>Answers after which a POST may have had its effect.</summary>
    private static readonly HashSet<string> Unclear =
    [
        UnreachableCode, "hetzner.unreadable", "hetzner.timeout", "hetzner.bad_gateway", "hetzner.unavailable", "hetzner.server_error", "hetzner.service_error",
    ];

    public static OutsideException Unreachable(Exception why) => new(UnreachableCode, why.Message, transient: true, why);

    public static OutsideException Unreadable(Exception why) => new("hetzner.unreadable", $"The answer could not be read: {why.Message}", inner: why);

    public static bool MayHaveHappened(OutsideException e) => Unclear.Contains(e.Code) || e.Code.StartsWith("hetzner.http_5", StringComparison.Ordinal);

    public static bool IsTaken(OutsideException e) => e.Code is "hetzner.uniqueness_error";

    public static bool IsGone(OutsideException e) => e.Code is "hetzner.not_found";
}
