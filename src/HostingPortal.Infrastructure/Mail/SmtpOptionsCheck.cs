using Microsoft.Extensions.Options;
using MimeKit;

namespace HostingPortal.Infrastructure.Mail;

internal sealed class SmtpOptionsCheck : IValidateOptions<SmtpOptions>
{
    public static readonly string[] Securities = ["starttls", "tls", "none"];

    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        if (options.Host.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        var failures = new List<string>();
        if (!MailboxAddress.TryParse(options.From, out _))
        {
            failures.Add("Smtp:From must be an address like 'Hosting <portal@example.com>'.");
        }

        if (!Securities.Contains(options.Security))
        {
            failures.Add("Smtp:Security must be starttls, tls or none.");
        }

        if (options.Security == "none" && options.Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            failures.Add("Smtp:Security may be none only for a server on this machine.");
        }

        if (options.Port is < 1 or > 65535 || options.Timeout <= TimeSpan.Zero)
        {
            failures.Add("Smtp:Port must be 1 to 65535 and Smtp:Timeout longer than zero.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
