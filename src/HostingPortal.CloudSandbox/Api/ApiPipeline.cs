using System.Text.Json;
using HostingPortal.CloudSandbox.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>From an HTTP request to a handler's reply: token, rate limit, body, lock, snapshot, answer.</summary>
internal sealed class ApiPipeline(WorldStore store, SnapshotFile snapshot, ActionRunner actions, RateLimiter limiter, TimeProvider time)
{
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    public async Task RunAsync(HttpContext http, Func<ApiCall, Reply> handler)
    {
        try
        {
            var key = WorldStore.KeyOf(BearerToken.Of(http));
            limiter.Take(key, http.Response);
            var body = new Body(await ReadAsync(http));
            var reads = HttpMethods.IsGet(http.Request.Method);
            var (reply, bytes) = reads ? store.Locked(Handle) : store.Change(Handle);
            if (!reads)
            {
                await snapshot.FlushAsync();
            }

            await http.AnswerAsync(reply.Status, bytes, reply.LinkHeader);

            (Reply Reply, byte[]? Bytes) Handle(World world)
            {
                var project = world.Projects.TryGetValue(key, out var known) ? known : world.Projects[key] = new Project();
                var answer = handler(new ApiCall(http, world, project, body, actions, time.GetUtcNow()));
                return (answer, answer.Body is null ? null : Answers.ToBytes(answer.Body));
            }
        }
        catch (ApiException e)
        {
            await http.AnswerAsync(e.Status, Answers.ToBytes(e.ToBody()));
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBodyBytes)
        {
            throw ApiErrors.JsonError("request body is too large");
        }

        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length == 0)
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(buffer.ToArray());
        }
        catch (JsonException)
        {
            throw ApiErrors.JsonError("unable to decode JSON body");
        }
    }
}
