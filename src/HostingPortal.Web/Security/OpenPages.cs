using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace HostingPortal.Web.Security;

/// <summary>How many live pages each person has open here, over all browsers: each holds memory for as long as it is open.</summary>
public sealed class OpenPages
{
    /// <summary>More tabs than anybody works with.</summary>
    public const int Most = 30;

    private readonly ConcurrentDictionary<string, int> open = new();

    /// <returns>Whether there was room for one more.</returns>
    public bool Enter(string person)
    {
        if (open.AddOrUpdate(person, 1, (_, count) => count + 1) <= Most)
        {
            return true;
        }

        Leave(person);
        return false;
    }

    public void Leave(string person)
    {
        if (open.AddOrUpdate(person, 0, (_, count) => count - 1) == 0)
        {
            open.TryRemove(new(person, 0));
        }
    }
}

/// <summary>Counts the page of one circuit. A page beyond the limit shows nothing but how to go on.</summary>
public sealed class PageRoom(OpenPages pages, AuthenticationStateProvider authentication) : CircuitHandler
{
    private string? entered;

    /// <summary>There is no room for this page.</summary>
    public bool Refused { get; private set; }

    /// <summary>Once more, after others were closed.</summary>
    public async Task EnterAsync()
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier);
        Refused = person is not null && !pages.Enter(person);
        entered = Refused ? null : person;
    }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => EnterAsync();

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (entered is { } person)
        {
            entered = null;
            pages.Leave(person);
        }

        return Task.CompletedTask;
    }
}
