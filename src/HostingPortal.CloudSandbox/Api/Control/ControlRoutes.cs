namespace HostingPortal.CloudSandbox.Api.Control;

/// <summary>Something that is no part of Hetzner's API: how tests and scripts steer the sandbox.</summary>
internal interface IControlResource
{
    void Map(ControlRoutes routes);
}

/// <summary>Maps patterns below <c>/_sandbox</c>; no token is needed, the sandbox listens on loopback only.</summary>
internal sealed class ControlRoutes(IEndpointRouteBuilder builder)
{
    public void Get(string pattern, Func<HttpContext, Body, Reply> handler) => Map("GET", pattern, handler);

    public void Post(string pattern, Func<HttpContext, Body, Reply> handler) => Map("POST", pattern, handler);

    public void Put(string pattern, Func<HttpContext, Body, Reply> handler) => Map("PUT", pattern, handler);

    public void Delete(string pattern, Func<HttpContext, Body, Reply> handler) => Map("DELETE", pattern, handler);

    private void Map(string method, string pattern, Func<HttpContext, Body, Reply> handler) =>
        builder.MapMethods($"/_sandbox{pattern}", [method], async http =>
        {
            try
            {
                var reply = handler(http, await RequestBody.ReadAsync(http));
                await http.AnswerAsync(reply.Status, reply.Body is null ? null : Answers.ToBytes(reply.Body));
            }
            catch (ApiException e)
            {
                await http.AnswerAsync(e.Status, Answers.ToBytes(e.ToBody()));
            }
        });
}
