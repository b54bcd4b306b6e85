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
using HostingPortal.Domain.Sites;
using HostingPortal.Services.Tests.Access;
using HostingPortal.Testing.Scenarios;

namespace HostingPortal.Services.Tests.Hostile;

/// <summary>Arguments a service accepts, new ones each time, so that only the text put into one of them can be what it refuses.</summary>
internal sealed class Valid(Tenant tenant)
{
    private int made;

    /// <summary>More than one where a request has kinds that are judged differently.</summary>
    public IReadOnlyList<object?> Of(ParameterInfo parameter, CancellationToken ct)
    {
        made++;
        return parameter.ParameterType.Name switch
        {
            nameof(CreateAccount) => [new CreateAccount($"account {made}", Ids.RandomText(64))],
            nameof(CreateClient) => [new CreateClient($"client {made}")],
            nameof(CreateToken) => [new CreateToken($"token {made}", TokenScope.Read, null, 1)],
            nameof(CreateUser) => [new CreateUser($"new{made}@people.example", "New", PortalRole.Client, tenant.ClientId, ClientRole.Member)],
            nameof(InvitePerson) => [new InvitePerson($"guest{made}@people.example", "Guest", ClientRole.Member)],
            nameof(CreateProject) => [new CreateProject(tenant.ClientId, tenant.AccountId, $"made-{made}")],
            nameof(CreateSite) => [new CreateSite(tenant.ProjectId, tenant.NodeId, [$"s{made}.{tenant.Marker}.example"], SiteKind.Php, "8.4")],
            nameof(ChangeSite) => [new ChangeSite([tenant.MainName])],
            nameof(CreateSchedule) => [new CreateSchedule(tenant.ProjectId, null, RunKind.Check, "0 3 * * *", "Europe/Berlin")],
            nameof(ChangeSchedule) => [new ChangeSchedule("0 3 * * *", "Europe/Berlin")],
            nameof(CreateChannel) => [new CreateChannel(ChannelKind.Webhook, $"https://h{made}.hooks.example/", [NotificationKind.RunFailed]), new CreateChannel(ChannelKind.Email, $"ops{made}@ops.example", [NotificationKind.RunFailed])],
            nameof(OrderNode) => [tenant.Order(tenant.ProjectId, $"n{made}") with { OverBudgetReason = "needed" }, tenant.Order(tenant.ProjectId, $"n{made}") with { Fallbacks = [new NodeFallback("cx23", "fsn1", 100)] }],
            nameof(RunLogQuery) => [new RunLogQuery("e"), new RunLogQuery("e", Regex: true)],
            nameof(AuditFilter) => [new AuditFilter()],
            nameof(ChangeFilter) => [new ChangeFilter()],
            nameof(RunFilter) => [new RunFilter()],
            nameof(NotificationFilter) => [new NotificationFilter()],
            nameof(PageQuery) => [new PageQuery()],
            _ when parameter.Name is "reason" => ["a reason"],
            _ when parameter.Name is "userId" or "ownSessionId" or "sessionId" => [parameter.Name == "userId" ? tenant.OwnerPersonId : tenant.AdminSessionId],
            _ when parameter.Member is MethodInfo method && !Calls.Methods.Contains(method) => [Plain(parameter, ct)],
            _ => [Calls.Argument(parameter, Tenant.Admin, Target.Of(tenant), ct)],
        };
    }

    /// <summary>Of a method that knows no actor.</summary>
    private static object? Plain(ParameterInfo parameter, CancellationToken ct) => parameter.ParameterType switch
    {
        var type when type == typeof(CancellationToken) => ct,
        var type when type == typeof(string) => parameter.Name == "remoteAddress" ? "192.0.2.1" : "text",
        { IsValueType: true } type => Activator.CreateInstance(type),
        _ => null,
    };
}
