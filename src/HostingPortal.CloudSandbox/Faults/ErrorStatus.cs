namespace HostingPortal.CloudSandbox.Faults;

/// <summary>The HTTP status the official error table gives a code.</summary>
internal static class ErrorStatus
{
    private static readonly Dictionary<string, int> Table = new()
    {
        ["json_error"] = 400,
        ["unauthorized"] = 401,
        ["forbidden"] = 403,
        ["maintenance"] = 403,
        ["resource_limit_exceeded"] = 403,
        ["not_found"] = 404,
        ["method_not_allowed"] = 405,
        ["uniqueness_error"] = 409,
        ["conflict"] = 409,
        ["deprecated_api_endpoint"] = 410,
        ["resource_unavailable"] = 412,
        ["locked"] = 423,
        ["protected"] = 423,
        ["rate_limit_exceeded"] = 429,
        ["server_error"] = 500,
        ["bad_gateway"] = 502,
        ["unavailable"] = 503,
        ["timeout"] = 504,
    };

    public static int Of(string code) => Table.GetValueOrDefault(code, 422);
}
