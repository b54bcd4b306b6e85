using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Components.Authorization;

namespace HostingPortal.Web.Security;

/// <summary>Who is signed in, read anew at most every 30 seconds so that a right that is gone is gone. One per request or circuit.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, ActorService actors, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private Actor? actor;
    private DateTimeOffset readAt;

    /// <exception cref="NotFoundException">Nobody is signed in, or the person is gone.</exception>
    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        if (actor is { } known && now - readAt < Fresh)
        {
            return known;
        }

        var user = (await authentication.GetAuthenticationStateAsync()).User;
        actor = user.SessionId() is { } id ? await actors.FindBySessionAsync(id, ct) : null;
        readAt = now;
        return actor ?? throw new NotFoundException();
    }
}
