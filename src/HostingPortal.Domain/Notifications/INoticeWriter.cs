namespace HostingPortal.Domain.Notifications;

/// <summary>Whole sentences for what leaves the portal, in the language of the channel.</summary>
public interface INoticeWriter
{
    NoticeText Write(NoticeMessage message, string language);
}

/// <param name="Notification">Null: a test.</param>
public sealed record NoticeMessage(Notification? Notification, string ClientName, string ProjectId, string ProjectName);

/// <param name="Link">Whole address of the page about it.</param>
public sealed record NoticeText(string Subject, string Text, string Link);
