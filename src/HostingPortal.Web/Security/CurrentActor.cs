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

    /// <summary>Id of the session, or null where nobody is signed in.</summary>
    public async Task<string?> SessionAsync() => (await authentication.GetAuthenticationStateAsync()).User.SessionId();

    /// <summary>What was read and when, for the circuit that goes on with the page.</summary>
    public (Actor Actor, DateTimeOffset At)? Reading => actor is { } known ? (known, readAt) : null;

    /// <summary>Goes on with what the same session read; it counts as long as if it had been read here.</summary>
    public void Adopt((Actor Actor, DateTimeOffset At) reading) => (actor, readAt) = reading;

    /// <exception cref="NotFoundException">Nobody is signed in, or the person is gone.</exception>
    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        if (actor is { } known && now - readAt < Fresh)
        {
            return known;
        }

        actor = await SessionAsync() is { } id ? await actors.FindBySessionAsync(id, ct) : null;
        readAt = now;
        return actor ?? throw new NotFoundException();
    }
}
