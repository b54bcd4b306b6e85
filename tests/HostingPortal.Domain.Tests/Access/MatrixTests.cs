using System.Reflection;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Domain.Tests.Access;

/// <summary>Every public service method, called by everybody, on what is theirs, on what is another client's and on what does not exist.</summary>
public sealed class MatrixTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Rights_OfTheTable_CoverEveryMethod() => Assert.Equal(Calls.Methods.Select(Calls.Name).Distinct().Order(), Rights.Of.Keys.Order());

    [Fact]
    public async Task Methods_AimedAtAnotherClient_AnswerAsForUnknownIds()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateRunningAsync(portal, "bravo", Ct);
        var stranger = new Actor("u-stranger", "Sam", PortalRole.Client, new Dictionary<string, ClientRole>());
        var wrong = new List<string>();
        foreach (var method in Calls.Methods.Where(m => Rights.Of[Calls.Name(m)] != Right.OwnRows))
        {
            foreach (var actor in new[] { alfa.Owner, alfa.Member, stranger })
            {
                var foreign = await Calls.TryAsync(portal, method, actor, Target.Of(bravo), Ct);
                var unknown = await Calls.TryAsync(portal, method, actor, Target.Unknown, Ct);
                if (foreign.Error is not NotFoundException || unknown.Error is not NotFoundException)
                {
                    wrong.Add($"{Calls.Name(method)} by {actor.Name}: {Show(foreign)}, unknown ids: {Show(unknown)}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Methods_CalledByEachRole_LetInWhomTheyShould()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var wrong = new List<string>();
        foreach (var method in Calls.Methods)
        {
            foreach (var actor in new[] { tenant.Owner, tenant.Member, Tenant.Support, Tenant.Admin })
            {
                var answer = await Calls.TryAsync(portal, method, actor, Target.Of(tenant), Ct);
                if (IsRefused(answer.Error) == May(Rights.Of[Calls.Name(method)], actor))
                {
                    wrong.Add($"{Calls.Name(method)} by {actor.Name}: {Show(answer)}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static bool May(Right right, Actor actor) => right switch
    {
        Right.Self => false,
        Right.OwnRows or Right.Read or Right.Operate => true,
        Right.Manage => actor.Role != PortalRole.Support,
        Right.Own => actor.IsAdmin || actor.Clients.Values.Contains(ClientRole.Owner),
        Right.Staff => actor.IsStaff,
        _ => actor.IsAdmin,
    };

    /// <summary>Refused for who asks, not for what is asked: the arguments are wrong on purpose, so that nothing changes.</summary>
    private static bool IsRefused(Exception? error) =>
        error is NotFoundException || (error is RuleViolationException refusal && refusal.Code.StartsWith("Access.", StringComparison.Ordinal));

    private static string Show((object? Result, Exception? Error) answer) => answer.Error is null ? "answered" : $"{answer.Error.GetType().Name} {answer.Error.Message}";
}
