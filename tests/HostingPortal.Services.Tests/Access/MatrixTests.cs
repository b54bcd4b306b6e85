using System.Reflection;
using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Access;

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
        var wrong = new List<string>();
        foreach (var method in Calls.Methods.Where(m => Rights.Of[Calls.Name(m)] is not (Right.OwnRows or Right.OwnMarks)))
        {
            foreach (var (who, actor) in await Cast.StrangersAsync(portal, alfa, bravo, Ct))
            {
                var foreign = await Calls.TryAsync(portal, method, actor, Target.Of(bravo), Ct);
                var unknown = await Calls.TryAsync(portal, method, actor, Target.Unknown, Ct);
                if (foreign.Error is not NotFoundException || unknown.Error is not NotFoundException)
                {
                    wrong.Add($"{Calls.Name(method)} by {who}: {Show(foreign)}, unknown ids: {Show(unknown)}");
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
            foreach (var (who, actor) in Cast.Of(tenant))
            {
                var answer = await Calls.TryAsync(portal, method, actor, Target.Of(tenant), Ct);
                if (IsRefused(answer.Error) == Cast.May(Rights.Of[Calls.Name(method)], who))
                {
                    wrong.Add($"{Calls.Name(method)} by {who}: {Show(answer)}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Refused for who asks, not for what is asked: the arguments are wrong on purpose, so that nothing changes.</summary>
    private static bool IsRefused(Exception? error) =>
        error is NotFoundException || (error is RuleViolationException refusal && refusal.Code.StartsWith("Access.", StringComparison.Ordinal));

    private static string Show((object? Result, Exception? Error) answer) => answer.Error is null ? "answered" : $"{answer.Error.GetType().Name} {answer.Error.Message}";
}
