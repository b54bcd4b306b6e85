using System.Globalization;

namespace HostingPortal.Web.Components.Shared;

/// <summary>One object, one address. All are relative to the base of all pages, which may lie under a path of its host.</summary>
public static class Links
{
    public static string Client(string id) => $"clients/{id}";

    public static string Project(string id) => $"projects/{id}";

    public static string Node(string projectId, string id) => $"projects/{projectId}/nodes/{id}";

    public static string AddNode(string projectId) => $"projects/{projectId}/nodes/new";

    public static string Site(string projectId, string id) => $"projects/{projectId}/sites/{id}";

    public static string Run(long id) => "runs/" + id.ToString(CultureInfo.InvariantCulture);

    public static string Account(string id) => $"settings/accounts/{id}";

    public static string AddSite(string? projectId = null) => projectId is null ? "sites/new" : $"sites/new?project={projectId}";
}
