using System.Globalization;
using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Components.Notifications;

/// <summary>Notifications that leave the portal: the sentences clients read, in the language of the channel.</summary>
public sealed class NoticeLetters(Texts texts, IOptions<PortalOptions> options) : INoticeWriter
{
    public NoticeText Write(NoticeMessage message, string language)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return Compose(message);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    private NoticeText Compose(NoticeMessage message)
    {
        var n = message.Notification;
        var link = options.Value.BaseUrl.TrimEnd('/') + "/" + (n is null ? Links.Project(message.ProjectId) : NoticeWords.Href(n.ObjectKind, n.ObjectId, n.ObjectName, n.ProjectId));
        var sentence = n is null
            ? texts["Notice.Test", ("project", message.ProjectName)]
            : texts[NoticeWords.Key(n.Kind, staff: false, texts), ("object", NoticeWords.ObjectText(n.ObjectKind, n.ObjectName, n.RunId, staff: false, texts)),
                ("project", message.ProjectName), ("nodes", n.ObjectName), ("date", NoticeWords.Date(n.EndsAt))];
        var reason = n?.Reason is { } code ? texts.Reason(code) + "\n" : "";
        var text = texts["Notice.Mail", ("sentence", sentence), ("reason", reason), ("link", link), ("project", message.ProjectName), ("client", message.ClientName)];
        return new NoticeText(sentence, text, link);
    }
}
