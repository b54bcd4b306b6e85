namespace HostingPortal.CloudSandbox.Api;

/// <summary>One resource of the API maps its own routes.</summary>
internal interface IApiResource
{
    void Map(ApiRoutes routes);
}

/// <summary>Maps patterns below <c>/v1</c> to handlers that run under the world's lock.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder builder, ApiPipeline pipeline)
{
    public void Get(string pattern, Func<ApiCall, Reply> handler) => Map("GET", pattern, handler);

    public void Post(string pattern, Func<ApiCall, Reply> handler) => Map("POST", pattern, handler);

    public void Put(string pattern, Func<ApiCall, Reply> handler) => Map("PUT", pattern, handler);

    public void Delete(string pattern, Func<ApiCall, Reply> handler) => Map("DELETE", pattern, handler);

    private void Map(string method, string pattern, Func<ApiCall, Reply> handler) =>
        builder.MapMethods($"/v1{pattern}", [method], http => pipeline.RunAsync(http, handler));
}
