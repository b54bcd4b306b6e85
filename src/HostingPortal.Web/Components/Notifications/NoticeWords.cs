using System.Globalization;
using HostingPortal.Domain.Notifications;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Notifications;

/// <summary>A notification in words: clients read of changes and their servers, staff of runs and nodes.</summary>
public static class NoticeWords
{
    public static StatusView Status(NotificationKind kind) => kind switch
    {
        NotificationKind.RunFailed => new(StatusIcons.Failed, "bad", "NoticeKind.RunFailed"),
        NotificationKind.RunRecovered => new(StatusIcons.Ok, "ok", "NoticeKind.RunRecovered"),
        NotificationKind.NodeReady => new(StatusIcons.Ok, "ok", "NoticeKind.NodeReady"),
        NotificationKind.NodeNeedsCare => new(StatusIcons.Warning, "warn", "NoticeKind.NodeNeedsCare"),
        NotificationKind.CertificateFailed => new(StatusIcons.Warning, "warn", "NoticeKind.CertificateFailed"),
        NotificationKind.CertificateEnding => new(StatusIcons.Warning, "warn", "NoticeKind.CertificateEnding"),
        NotificationKind.NameVerified => new(StatusIcons.Ok, "ok", "NoticeKind.NameVerified"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Key of a sentence with <c>{object}</c>, and <c>{project}</c>, <c>{nodes}</c> or <c>{date}</c>.</summary>
    public static string Key(NotificationKind kind, bool staff, Texts texts) =>
        !staff && texts.Has($"Notice.{kind}.Client") ? $"Notice.{kind}.Client" : $"Notice.{kind}";

    public static string ObjectText(string kind, string name, long? run, bool staff, Texts texts) =>
        kind != "run" ? name : staff ? texts["Notice.Run", ("run", run)] : texts["Notice.Change"];

    public static string Date(DateTime? at) => at?.ToString("d MMM yyyy", CultureInfo.CurrentCulture) ?? "";

    public static string Href(string kind, string id, string name, string? projectId) => kind switch
    {
        "run" => Links.Run(long.Parse(id, CultureInfo.InvariantCulture)),
        "node" => Links.Node(projectId!, id),
        "site" => Links.Site(projectId!, id),
        _ => "domains?q=" + Uri.EscapeDataString(name),
    };
}
