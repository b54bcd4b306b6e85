namespace HostingPortal.Domain.Clients;

/// <summary>Sends letters of the portal itself: invitations and links to set a password.</summary>
public interface IMailer
{
    /// <summary>False when no mail server is set: links are handed over by hand then.</summary>
    bool Enabled { get; }

    /// <param name="text">Plain text.</param>
    /// <exception cref="OutsideException"><c>mail.refused</c>: the server could not be reached or did not take it.</exception>
    Task SendAsync(string to, string subject, string text, CancellationToken ct);
}
