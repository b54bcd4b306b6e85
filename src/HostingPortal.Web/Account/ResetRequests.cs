using System.Globalization;
using System.Threading.Channels;
using HostingPortal.Domain.Clients;

namespace HostingPortal.Web.Account;

/// <summary>Works on asked-for password links away from the request, so that the time of the answer does not tell who has an account.</summary>
internal sealed class ResetRequests(UserService users, Letters letters, ILogger<ResetRequests> log) : BackgroundService
{
    private const int Waiting = 200;
    private readonly Channel<(string Email, CultureInfo Culture)> asked =
        Channel.CreateBounded<(string, CultureInfo)>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask(string email) => asked.Writer.TryWrite((email.Trim(), CultureInfo.CurrentUICulture));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (email, culture) in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                CultureInfo.CurrentUICulture = culture;
                if (letters.Enabled && await users.AskResetAsync(email, stoppingToken) is { } link)
                {
                    await letters.SendResetAsync(link, stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "A password link could not be made");
            }
        }
    }
}
