using HostingPortal.Domain.Clients;

namespace HostingPortal.Web.Account;

/// <summary>While nobody exists, each start prints the set-up link and leaves it in the data folder.</summary>
internal sealed class SetupAnnouncement(UserService users, SetupLink link) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await users.AnyoneAsync(cancellationToken))
        {
            link.Remove();
            return;
        }

        await link.WriteAsync(cancellationToken);
        // Meant for the person at the console, not for the log: a log may be kept and read by others. Under systemd the console is the log.
        var journal = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null;
        await Console.Out.WriteLineAsync(journal ? $"The link that creates the first admin is in {link.File}" : $"Create the first admin: {link.Url}\nThe link is also in {link.File}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
