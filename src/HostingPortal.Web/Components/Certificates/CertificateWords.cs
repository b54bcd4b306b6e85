using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Components.Notifications;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Certificates;

/// <summary>Whether a certificate holds, and for how long.</summary>
public static class CertificateWords
{
    public static StatusView Status(CertificateRow row, DateTime now) => row switch
    {
        { NotAfter: { } end } when end <= now => new(StatusIcons.Failed, "bad", "Certificates.Over"),
        { State: CertificateState.Failing } => new(StatusIcons.Failed, "bad", "Certificates.Failing"),
        { NotAfter: { } end } when end < now + CertificateQueries.Soon => new(StatusIcons.Warning, "warn", "Certificates.Ending"),
        { State: CertificateState.Ordered } => new(StatusIcons.Queued, "grey", "Certificates.Ordered"),
        _ => new(StatusIcons.Ok, "ok", "Certificates.Valid"),
    };

    public static string Ends(CertificateRow row, DateTime now, Texts texts) => row.NotAfter switch
    {
        null => "",
        { } end when end <= now => texts["Certificates.Since", ("date", NoticeWords.Date(end))],
        { } end => texts.Plural("Certificates.In", (int)(end - now).TotalDays, ("date", NoticeWords.Date(end))),
    };
}
