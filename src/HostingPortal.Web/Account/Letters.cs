using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Localization;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Account;

/// <summary>Links of invitations and new passwords, and the letters that carry them when a mail server is set.</summary>
public sealed class Letters(IMailer mailer, Texts texts, IOptions<PortalOptions> options, ILogger<Letters> log)
{
    public bool Enabled => mailer.Enabled;

    public string LinkOf(CreatedInvitation invitation) => $"{options.Value.BaseUrl.TrimEnd('/')}/invite/{invitation.Code}";

    /// <summary>True when the mail server took it; false when there is none or it did not, which leaves the link to be handed over.</summary>
    public Task<bool> SendInvitationAsync(CreatedInvitation invitation, string invitedBy, CancellationToken ct) =>
        SendAsync(invitation, texts["Letter.Invite.Subject", ("name", invitedBy)], texts["Letter.Invite.Text", ("name", invitedBy), ("link", LinkOf(invitation))], ct);

    public Task<bool> SendResetAsync(CreatedInvitation invitation, CancellationToken ct) =>
        SendAsync(invitation, texts["Letter.Reset.Subject"], texts["Letter.Reset.Text", ("link", LinkOf(invitation))], ct);

    private async Task<bool> SendAsync(CreatedInvitation invitation, string subject, string text, CancellationToken ct)
    {
        if (!mailer.Enabled)
        {
            return false;
        }

        try
        {
            await mailer.SendAsync(invitation.Email, subject, text, ct);
            return true;
        }
        catch (OutsideException error)
        {
            log.LogWarning(error, "A letter was not taken, invitation {Invitation}", invitation.Id);
            return false;
        }
    }
}
