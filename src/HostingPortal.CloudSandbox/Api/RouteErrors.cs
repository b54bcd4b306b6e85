namespace HostingPortal.CloudSandbox.Api;

/// <summary>Answers what no handler answers: unknown paths even without a token, wrong methods only with one.</summary>
internal static class RouteErrors
{
    public static void UseRouteErrors(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is RouteEndpoint)
        {
            await next(http);
            return;
        }

        var error = endpoint is null ? ApiErrors.RouteNotFound() : Refused(http);
        await http.AnswerAsync(error.Status, Answers.ToBytes(error.ToBody()));
    });

    private static ApiException Refused(HttpContext http)
    {
        try
        {
            BearerToken.Of(http);
            return ApiErrors.MethodNotAllowed();
        }
        catch (ApiException e)
        {
            return e;
        }
    }
}
