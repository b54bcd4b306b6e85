using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Any 64 letters and digits are a valid token and a project of their own.</summary>
internal static partial class BearerToken
{
    /// <exception cref="ApiException"><c>unauthorized</c> when the token is missing or malformed.</exception>
    public static string Of(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header.Length == "Bearer ".Length)
        {
            throw ApiErrors.TokenRequired();
        }

        var token = header["Bearer ".Length..].Trim();
        return Shape().IsMatch(token) ? token : throw ApiErrors.TokenInvalid();
    }

    public static string? TryOf(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is ['B' or 'b', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token.Trim() : null;

    [GeneratedRegex("^[A-Za-z0-9]{64}$")]
    private static partial Regex Shape();
}
