using HostingPortal.Domain.Persistence;
using HostingPortal.Infrastructure.Persistence.Schema;
using HostingPortal.Infrastructure.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>Before any other hosted service starts: database up, schema current, key file fitting. After all stopped: the private database down.</summary>
internal sealed class DatabaseStart(
    Database database,
    PrivateDatabase own,
    SchemaUpdate schema,
    SecretCheck secrets,
    IOptions<DatabaseOptions> options,
    DataFolder folder) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.Create();
        var connectionString = string.IsNullOrWhiteSpace(options.Value.ConnectionString)
            ? await own.StartAsync(cancellationToken)
            : options.Value.ConnectionString;
        await database.OpenAsync(connectionString, options.Value.StartTimeout, cancellationToken);
        await schema.RunAsync(cancellationToken);
        await secrets.RunAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => own.StopAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
