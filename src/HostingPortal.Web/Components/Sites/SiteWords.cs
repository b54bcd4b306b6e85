using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Sites;

/// <summary>A site's facts in words.</summary>
public static class SiteWords
{
    /// <summary>"Online, answers in 84 ms", or the state's own word.</summary>
    public static string State(SiteRow site, Texts texts) =>
        site is { State: SiteState.Online, AnswerMilliseconds: { } took } ? texts["Site.AnswersIn", ("ms", took)] : texts[Statuses.Of(site.State).TextKey];

    public static StatusView Certificate(SiteRow site) => site.CertificateState switch
    {
        CertificateState.Valid => new(StatusIcons.Ok, "ok", "Certificate.Secure"),
        CertificateState.Failing => new(StatusIcons.Warning, "warn", "Certificate.Failing"),
        _ => new(StatusIcons.Queued, "grey", "Certificate.Ordered"),
    };

    public static string Kind(SiteRow site, Texts texts) =>
        site.Kind == SiteKind.Php ? texts["SiteKind.Php", ("version", site.PhpVersion)] : texts["SiteKind.Static"];
}
