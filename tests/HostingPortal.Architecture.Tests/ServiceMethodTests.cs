using System.Reflection;
using HostingPortal.Domain;
using HostingPortal.Domain.Security;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Who acts comes first, the cancellation token last.</summary>
public sealed class ServiceMethodTests
{
    /// <summary>Methods without an actor, each with the reason.</summary>
    private static readonly Dictionary<string, string> WithoutActor = new()
    {
        ["ActorService.FindAsync"] = "makes the actor from a sign-in",
        ["ActorService.FindByTokenAsync"] = "makes the actor from a bearer token",
        ["ActorService.FindBySessionAsync"] = "makes the actor from a browser's session",
        ["InvitationService.LookAsync"] = "the code is the permission",
        ["InvitationService.AcceptAsync"] = "the code is the permission",
        ["UserService.AskResetAsync"] = "whoever forgot a password; the link goes to the address alone",
        ["SessionService.StartAsync"] = "a sign-in that just passed",
        ["SessionService.FindAsync"] = "held against with every cookie",
        ["SessionService.StrengthenAsync"] = "a sign-in that just passed",
        ["SessionService.CloseAsync"] = "a sign-out; the cookie is the permission",
        ["SignInRuleService.AsksAsync"] = "asked before anybody is signed in; tells yes or no",
        ["AuditService.OwnAccountAsync"] = "records what a person changed about its own sign-in",
        ["UserService.CreateFirstAdminAsync"] = "nobody exists yet; refused as soon as anybody does",
        ["UserService.AnyoneAsync"] = "asked before anybody can sign in; tells yes or no",
        ["AuditService.SignInAsync"] = "records a sign-in or its refusal",
        ["DnsBroker.PresentAsync"] = "a node asks, known by its credential",
        ["DnsBroker.CleanUpAsync"] = "a node asks, known by its credential",
    };

    [Fact]
    public void Methods_OfServices_TakeTheActorFirst()
    {
        var without = Methods().Where(m => m.GetParameters().FirstOrDefault()?.ParameterType != typeof(Actor)).Select(Name).Distinct();
        Assert.Equal(WithoutActor.Keys.Order(), without.Order());
    }

    [Fact]
    public void Methods_OfServices_TakeTheCancellationTokenLast() =>
        Assert.Empty(Methods().Where(m => m.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)).Select(Name));

    [Fact]
    public void Requests_OfServices_CarryNoActor() =>
        Assert.Empty(Methods().SelectMany(m => m.GetParameters().Skip(1)).Select(p => p.ParameterType)
            .Where(t => t == typeof(Actor) || t.GetProperties().Any(p => p.PropertyType == typeof(Actor))).Select(t => t.Name));

    [Fact]
    public void Services_OfTheDomain_AreFound() => Assert.InRange(Services().Count(), 10, 100);

    /// <summary>What pages and endpoints call: public, with an asynchronous public method, and not a port or a part of the run machinery.</summary>
    private static IEnumerable<Type> Services() =>
        typeof(DomainServices).Assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false })
            .Where(t => t.Name.EndsWith("Service", StringComparison.Ordinal) || t.Name.EndsWith("Queries", StringComparison.Ordinal) || t.Name == "DnsBroker");

    private static IEnumerable<MethodInfo> Methods() =>
        Services().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(m => !m.IsSpecialName);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
