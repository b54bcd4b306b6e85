using HostingPortal.CloudSandbox.Api;
using HostingPortal.CloudSandbox.Api.Control;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Faults;

/// <summary>GET <c>/_sandbox/requests?token=</c> and DELETE to count from zero.</summary>
internal sealed class RequestEndpoints(RequestCounter counter) : IControlResource
{
    public void Map(ControlRoutes routes)
    {
        routes.Get("/requests", (http, _) =>
        {
            var token = http.Request.Query["token"].ToString();
            var counts = counter.Of(token.Length == 0 ? null : WorldStore.KeyOf(token));
            return Reply.Ok(new { Total = counts.Sum(count => count.Count), Requests = counts });
        });
        routes.Delete("/requests", (_, _) =>
        {
            counter.Clear();
            return Reply.NoContent;
        });
    }
}
