namespace HostingPortal.Infrastructure.Mail;

/// <summary>The mail server that takes the portal's letters, section <c>Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "Smtp";

    /// <summary>Empty: no mail; links are shown to be copied.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c>, <c>tls</c> or <c>none</c>; none only for a server on this machine.</summary>
    public string Security { get; set; } = "starttls";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Sender, e.g. <c>Hosting &lt;portal@example.com&gt;</c>.</summary>
    public string From { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
