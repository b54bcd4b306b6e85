using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;

namespace HostingPortal.Infrastructure.Mail;

/// <summary>One connection per letter: the portal writes few.</summary>
internal sealed class SmtpMailer(IOptions<SmtpOptions> options) : IMailer
{
    public bool Enabled => options.Value.Host.Length > 0;

    public async Task SendAsync(string to, string subject, string text, CancellationToken ct)
    {
        var settings = options.Value;
        using var message = new MimeMessage(
            [MailboxAddress.Parse(settings.From)], [new MailboxAddress("", to)], subject, new TextPart("plain") { Text = text });
        using var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, SecurityOf(settings.Security), ct);
            if (settings.User.Length > 0)
            {
                await client.AuthenticateAsync(settings.User, settings.Password, ct);
            }

            await client.SendAsync(message, ct);
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new OutsideException("mail.refused", error.GetType().Name, transient: true, error);
        }
    }

    private static SecureSocketOptions SecurityOf(string security) => security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsCheck>().AddSingleton<IMailer, SmtpMailer>();
    }
}
