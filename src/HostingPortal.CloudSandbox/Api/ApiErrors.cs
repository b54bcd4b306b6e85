namespace HostingPortal.CloudSandbox.Api;

/// <summary>The error answers that several resources share, with the status the official error table gives each code.</summary>
internal static class ApiErrors
{
    public static ApiException JsonError(string message) => new(400, "json_error", message);

    public static ApiException TokenRequired() => new(401, "unauthorized", "token is required");

    public static ApiException TokenInvalid() => new(401, "unauthorized", "the token you have provided is invalid");

    public static ApiException RouteNotFound() => new(404, "not_found", "api route not found");

    public static ApiException MethodNotAllowed() => new(405, "method_not_allowed", "method not allowed");

    public static ApiException NotFound(string what, object id) => new(404, "not_found", $"{what} with ID '{id}' not found");

    public static ApiException Gone(string announcement) =>
        new(410, "deprecated_api_endpoint", "This API endpoint has been removed.", new { Announcement = announcement });

    public static ApiException NotUnique(string what, string field) =>
        new(409, "uniqueness_error", $"{what} {field} is already used", new { Fields = new[] { new { Name = field } } });

    public static ApiException Conflict(string message) => new(409, "conflict", message);

    public static ApiException Unavailable(string message) => new(412, "resource_unavailable", message);

    public static ApiException Unprocessable(string code, string message) => new(422, code, message);

    public static ApiException Locked(string what) => new(423, "locked", $"{what} is locked by a running action");

    public static ApiException Protected(string what, string operation) => new(423, "protected", $"{what} is protected against {operation}");

    public static ApiException LimitReached(string limit, string message) =>
        new(403, "resource_limit_exceeded", message, new { Limits = new[] { new { Name = limit } } });

    public static ApiException RateLimited() => new(429, "rate_limit_exceeded", "limit of requests per hour reached");

    public static ApiException Internal() => new(500, "server_error", "the sandbox failed, see its log");

    public static ApiException InvalidInput(string field, string message) => InvalidInput([(field, message)]);

    public static ApiException InvalidInput(IReadOnlyCollection<(string Field, string Message)> problems)
    {
        var first = problems.First();
        var fields = problems.GroupBy(p => p.Field).Select(g => new { Name = g.Key, Messages = g.Select(p => p.Message).ToArray() });
        return new ApiException(422, "invalid_input", $"invalid input in field '{first.Field}': {first.Message}", new { Fields = fields.ToArray() });
    }
}
