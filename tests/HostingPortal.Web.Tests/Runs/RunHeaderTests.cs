using System.Runtime.CompilerServices;
using Bunit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Runs;
using HostingPortal.Web.Security;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Web.Tests.Runs;

/// <summary>Buttons of a run stand there for who may press them only.</summary>
public sealed class RunHeaderTests : Pages
{
    public RunHeaderTests() => Services.AddSingleton(Unused<RunService>()).AddSingleton(Unused<RunAgainService>()).AddSingleton(Unused<CurrentActor>());

    [Theory]
    [InlineData(PortalRole.Support, null, true)]
    [InlineData(PortalRole.Client, ClientRole.Owner, true)]
    [InlineData(PortalRole.Client, ClientRole.Member, true)]
    [InlineData(PortalRole.Client, ClientRole.ReadOnly, false)]
    public void Buttons_ByRole(PortalRole role, ClientRole? inClient, bool shown)
    {
        Assert.Equal(shown, Buttons(RunState.Running, Person(role, inClient)).Contains("Cancel run"));
        Assert.Equal(shown, Buttons(RunState.Succeeded, Person(role, inClient)).Contains("Run again"));
    }

    [Fact]
    public void Queued_ForALaterTry_SaysWhenAndThatAChangeDoesNotWait()
    {
        var state = RunSketch.State(RunState.Queued, "a");
        state.Update(state.Detail! with { Run = state.Run with { NotBefore = DateTime.UnixEpoch } });
        Assert.Contains("in at most 1 min", Render<RunHeader>(p => p.AddCascadingValue(Person(PortalRole.Support, null)).Add(h => h.State, state)).Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Buttons_SuspendedClient_None()
    {
        var owner = Person(PortalRole.Client, ClientRole.Owner) with { Suspended = new Dictionary<string, string> { ["c-1"] = "invoice" } };
        Assert.DoesNotContain("Run again", Buttons(RunState.Succeeded, owner));
    }

    private static Actor Person(PortalRole role, ClientRole? inClient) =>
        new("u-1", "Ann", role, inClient is { } own ? new Dictionary<string, ClientRole> { ["c-1"] = own } : []);

    private List<string> Buttons(RunState state, Actor actor)
    {
        var header = Render<RunHeader>(p => p.AddCascadingValue(actor).Add(h => h.State, RunSketch.State(state, "a")));
        return [.. header.FindAll("button").Select(b => b.TextContent.Trim())];
    }

    /// <summary>Only injected, never called.</summary>
    private static T Unused<T>()
        where T : class => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
