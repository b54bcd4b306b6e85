using System.Collections;
using System.Reflection;
using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing.Scenarios;

namespace HostingPortal.Services.Tests.Access;

/// <summary>Calls any service method with arguments made from the names of its parameters, so that a new method cannot be forgotten.</summary>
internal static class Calls
{
    public static IReadOnlyList<MethodInfo> Methods { get; } = typeof(DomainServices).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && (t.Name.EndsWith("Service", StringComparison.Ordinal) || t.Name.EndsWith("Queries", StringComparison.Ordinal)))
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(m => m.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Actor)).ToList();

    public static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>What the call gave, or what it threw. Streams are read to their end, but for endless ones.</summary>
    public static async Task<(object? Result, Exception? Error)> TryAsync(Instance portal, MethodInfo method, Actor actor, Target target, CancellationToken ct)
    {
        var arguments = method.GetParameters().Select(p => Argument(p, actor, target, ct)).ToArray();
        return await TryAsync(portal, method, arguments, ct);
    }

    public static async Task<(object? Result, Exception? Error)> TryAsync(Instance portal, MethodInfo method, object?[] arguments, CancellationToken ct)
    {
        try
        {
            var answer = method.Invoke(portal.Get(method.DeclaringType!), arguments);
            return (await ReadAsync(answer, ct), null);
        }
        catch (TargetInvocationException error)
        {
            return (null, error.InnerException);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return (null, error);
        }
    }

    private static async Task<object?> ReadAsync(object? answer, CancellationToken ct)
    {
        switch (answer)
        {
            case Task task:
                await task;
                return task.GetType().GetProperty("Result")?.GetValue(task);
            case IAsyncEnumerable<string> pieces:
                return await pieces.ToListAsync(ct);
            case IAsyncEnumerable<RunEvent> events:
                return (await events.ToListAsync(ct)).Select(e => e.ToText()).ToList();
            case IAsyncEnumerable<RunLogHits> hits:
                return await hits.ToListAsync(ct);
            default:
                return answer is IEnumerable ? answer : null;
        }
    }

    /// <summary>From the parameter's name; requests are such as every service refuses.</summary>
    public static object? Argument(ParameterInfo parameter, Actor actor, Target t, CancellationToken ct) => (parameter.ParameterType.Name, parameter.Name) switch
    {
        (nameof(Actor), _) => actor,
        (nameof(CancellationToken), _) => ct,
        (nameof(PageQuery), _) => new PageQuery(t.Search, PageSize: 200),
        (_, "clientId") => t.ClientId,
        (_, "projectId") => t.ProjectId,
        (_, "accountId") => t.AccountId,
        (_, "nodeId") => t.NodeId,
        (_, "siteId") => t.SiteId,
        (_, "nameId") => t.NameId,
        (_, "runId") => t.RunId,
        (_, "scheduleId") => t.ScheduleIds[One(actor)],
        (_, "show") => null,
        (_, "channelId") => t.ChannelIds[One(actor)],
        (_, "notificationId") => t.NotificationId,
        (nameof(CreateChannel), _) => new CreateChannel(ChannelKind.Email, "no address", [NotificationKind.RunFailed]),
        (nameof(ChangeChannel), _) => new ChangeChannel([]),
        (nameof(NotificationFilter), _) => new NotificationFilter(t.FilterProject),
        (nameof(CreateSchedule), _) => new CreateSchedule(t.ProjectId, t.NodeId, RunKind.Check, "no cron"),
        (nameof(ChangeSchedule), _) => new ChangeSchedule("no cron"),
        (_, "writtenName") => "not.the.name",
        (_, "name") => t.Name,
        (_, "zone") => "zone.example",
        (_, "monthlyBudget") => -1m,
        (_, "userId") => t.UserId,
        (_, "invitationId") => t.InvitationId,
        (_, "ownSessionId") => "b-0000000000000000",
        (_, "sessionId") => t.SessionId,
        (_, "code") => "no-such-code",
        (nameof(ClientRole), _) => ClientRole.Member,
        (nameof(InvitePerson), _) => new InvitePerson("no address", null, ClientRole.Member),
        (nameof(SignInRuleSet), _) => new SignInRuleSet(false, false, false),
        (_, "tokenId") => "t-0000000000000000",
        (nameof(CreateToken), _) => new CreateToken("", TokenScope.Read, t.ClientId, 1),
        (_, "text") => t.Search ?? "example",
        (_, "from") => 1,
        (_, "count") => 5000,
        (_, "seq") => 1,
        (_, "number") => 1,
        (_, "task") => 1,
        (nameof(RunLogQuery), _) => new RunLogQuery("e"),
        (_, "afterSeq") => 0,
        (_, "json") => true,
        (_, "again") => new Func<CancellationToken, Task<Actor?>>(_ => Task.FromResult<Actor?>(actor)),
        (nameof(RunFilter), _) => new RunFilter(t.FilterProject, t.FilterClient),
        (nameof(WatchMode), _) => WatchMode.Check,
        (_, "sitesServe") => true,
        (_, "reason") => "",
        (nameof(ClientQuota), _) => new ClientQuota(-1, null, null, null),
        (nameof(AuditFilter), _) => new AuditFilter { ClientId = t.FilterClient },
        (nameof(ChangeFilter), _) => new ChangeFilter { ClientId = t.FilterClient, ProjectId = t.FilterProject },
        (nameof(CreateClient), _) => new CreateClient(""),
        (nameof(CreateUser), _) => new CreateUser("", "", PortalRole.Client, t.ClientId),
        (nameof(CreateAccount), _) => new CreateAccount("x", "short"),
        (nameof(ReplaceToken), _) => new ReplaceToken("short"),
        (nameof(CreateProject), _) => new CreateProject(t.ClientId, t.AccountId, "NO SLUG"),
        (nameof(OrderNode), _) => new OrderNode(t.ProjectId, "NO SLUG", "web", "cx23", "fsn1", "debian-13", null),
        (nameof(CreateSite), _) => new CreateSite(t.ProjectId, t.NodeId, ["no name"], SiteKind.Static),
        (nameof(ChangeSite), _) => new ChangeSite(["no name"]),
        _ => throw new InvalidOperationException($"{Name((MethodInfo)parameter.Member)} has a parameter '{parameter.Name}' nobody knows how to fill: add it here."),
    };

    /// <summary>Each kind of actor that may remove things has one of its own to remove.</summary>
    private static int One(Actor actor) => actor == Tenant.Admin ? 1 : actor.UserId == Tenant.Admin.UserId && !actor.ReadsOnly ? 2 : 0;
}

/// <summary>What a call is aimed at. Filters are apart: they narrow a list and may name anything.</summary>
internal sealed record Target(
    string ClientId, string ProjectId, string AccountId, string NodeId, string SiteId, string NameId, long RunId, string Name, IReadOnlyList<string> ScheduleIds,
    IReadOnlyList<string> ChannelIds, long NotificationId,
    string UserId = "u-0000000000000000", string InvitationId = "i-0000000000000000", string SessionId = "b-0000000000000000",
    string? Search = null, string? FilterClient = null, string? FilterProject = null)
{
    public static Target Unknown { get; } =
        new("c-0000000000000000", "p-0000000000000000", "a-0000000000000000", "n-0000000000000000", "s-0000000000000000", "d-0000000000000000", 999_999_999, "nobody.example",
            ["sc-0000000000000000", "sc-0000000000000000", "sc-0000000000000000"], ["cn-0000000000000000", "cn-0000000000000000", "cn-0000000000000000"], 999_999_999);

    public static Target Of(Tenant t) =>
        new(t.ClientId, t.ProjectId, t.AccountId, t.NodeId, t.SiteId, t.NameId, t.RunId, t.MainName, t.ScheduleIds, t.ChannelIds, t.NotificationId, t.OwnerPersonId, t.InvitationId, t.AdminSessionId);
}
