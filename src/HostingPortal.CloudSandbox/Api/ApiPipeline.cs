using HostingPortal.CloudSandbox.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>From an HTTP request to a handler's reply: token, rate limit, body, lock, snapshot, answer.</summary>
internal sealed class ApiPipeline(
    WorldStore store, SnapshotFile snapshot, ActionRunner actions, RateLimiter limiter, TimeProvider time, ILogger<ApiPipeline> logger)
{
    public async Task RunAsync(HttpContext http, Func<ApiCall, Reply> handler)
    {
        try
        {
            var key = WorldStore.KeyOf(BearerToken.Of(http));
            limiter.Take(key, http.Response);
            var body = await RequestBody.ReadAsync(http);
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
#pragma warning disable CA1031 // A mistake of the sandbox must look like one of the API, not like a broken connection.
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            await http.AnswerAsync(500, Answers.ToBytes(ApiErrors.Internal().ToBody()));
        }
    }
}
