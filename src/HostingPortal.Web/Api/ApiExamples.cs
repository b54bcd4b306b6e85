using System.Text.Json.Nodes;
using HostingPortal.Domain.Clients;

namespace HostingPortal.Web.Api;

/// <summary>One example for each body the API takes; a test reads every one of them back as what it stands for.</summary>
internal static class ApiExamples
{
    private static readonly Dictionary<Type, string> All = new()
    {
        [typeof(TokensApi.NewToken)] = """{"email":"mara@example.com","password":"seven wooden lamps","code":"123456","name":"backup script","scope":"read","days":90}""",
        [typeof(SetupApi.FirstAdmin)] = """{"code":"0123456789abcdef0123456789abcdef","email":"ada@example.com","displayName":"Ada Admin","password":"seven wooden lamps"}""",
        [typeof(UsersApi.NewUser)] = """{"email":"sue@example.com","displayName":"Sue Support","role":"support"}""",
        [typeof(UsersApi.Acceptance)] = """{"password":"seven wooden lamps","displayName":"Sue Support"}""",
        [typeof(TeamApi.NewMember)] = """{"email":"rob@example.com","displayName":"Rob","role":"readOnly"}""",
        [typeof(TeamApi.MemberRole)] = """{"role":"owner"}""",
        [typeof(SignInRuleSet)] = """{"admins":true,"support":true,"clients":false}""",
        [typeof(ClientsApi.NewClient)] = """{"name":"Acme Studio"}""",
        [typeof(ClientQuota)] = """{"projects":3,"nodes":10,"sites":50,"monthly":250}""",
        [typeof(PlanApi.Suspension)] = """{"reason":"Invoice 2026-117 is open."}""",
        [typeof(AccountsApi.NewAccount)] = """{"name":"Hosting 1","token":"0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123"}""",
        [typeof(AccountsApi.Allotment)] = """{"monthlyBudget":100}""",
        [typeof(AccountsApi.ZoneOwner)] = """{"clientId":"c-01jd4h2k9q7xw3vb"}""",
        [typeof(ProjectsApi.NewProject)] = """{"clientId":"c-01jd4h2k9q7xw3vb","accountId":"a-01jd4h2k9q7xw3vb","name":"acme-shop"}""",
        [typeof(NodesApi.NewNode)] =
            """{"projectId":"p-01jd4h2k9q7xw3vb","name":"web-1","template":"lemp","serverType":"cx23","location":"fsn1","image":"debian-13","expectedMonthly":4.09,"backups":false,"protected":true}""",
        [typeof(Confirmation)] = """{"name":"www.example.com"}""",
        [typeof(ProjectsApi.WatchWish)] = """{"mode":"converge"}""",
        [typeof(NamesApi.NewName)] = """{"clientId":"c-01jd4h2k9q7xw3vb","name":"example.com"}""",
        [typeof(SchedulesApi.NewSchedule)] = """{"projectId":"p-01jd4h2k9q7xw3vb","kind":"check","cron":"30 3 * * 1-5","zone":"Europe/Berlin"}""",
        [typeof(SchedulesApi.ScheduleChange)] = """{"enabled":false}""",
        [typeof(NotificationsApi.NewChannel)] =
            """{"projectId":"p-01jd4h2k9q7xw3vb","kind":"webhook","target":"https://hooks.example.com/hosting","events":["runFailed","runRecovered"],"language":"en"}""",
        [typeof(NotificationsApi.ChannelChange)] = """{"enabled":false}""",
        [typeof(SitesApi.NewSite)] = """{"projectId":"p-01jd4h2k9q7xw3vb","names":["www.example.com","example.com"],"kind":"php","phpVersion":"8.4"}""",
        [typeof(SitesApi.SiteChange)] = """{"phpVersion":"8.4"}""",
        [typeof(ApiProblem)] =
            """{"type":"about:blank","title":"Unprocessable Entity","status":422,"code":"Slug.Form","detail":"Use small letters, digits and hyphens.","field":"name","errors":{"name":["Use small letters, digits and hyphens."]}}""",
    };

    public static IEnumerable<(Type Type, string Json)> Listed => All.Select(e => (e.Key, e.Value));

    public static JsonNode? Find(Type type) => All.TryGetValue(type, out var json) ? JsonNode.Parse(json) : null;
}
