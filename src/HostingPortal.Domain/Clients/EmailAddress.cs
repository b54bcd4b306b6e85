using System.Net.Mail;

namespace HostingPortal.Domain.Clients;

/// <summary>Checks an address people sign in with: one plain <c>name@host.tld</c>, without display name or comment; never at a number.</summary>
public static class EmailAddress
{
    public const int MaxLength = 254;

    /// <exception cref="RuleViolationException">Not an address.</exception>
    public static string Parse(string? text)
    {
        var email = (text ?? "").Trim();
        return email.Length <= MaxLength && Text.IsPrintable(email) && !email.StartsWith('-') && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email
            && parsed.Host.Contains('.') && Uri.CheckHostName(parsed.Host) == UriHostNameType.Dns
            ? email
            : throw new RuleViolationException("User.Email", "Email");
    }
}
