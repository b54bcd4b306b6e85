using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>A run this process owns, as a worker would: what is written goes through the real log into the database and to the viewers.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private readonly PortalHost host;
    private readonly RunLog log;
    private readonly Run run;
    private long offset;

    private LiveRun(PortalHost host, Run run, IEnumerable<Secret> secrets)
    {
        (this.host, this.run) = (host, run);
        log = new RunLog(host.Get<IDbContextFactory<PortalDbContext>>(), host.Get<RunFeed>(), run, new Redactor(secrets), TimeProvider.System);
    }

    public long Id => run.Id;

    public string Address => $"/runs/{run.Id}";

    public IReadOnlyList<string> Nodes => [.. run.Nodes.Select(n => n.NodeId)];

    /// <summary>A running converge of <paramref name="nodes"/> nodes, named web-1, web-2…</summary>
    public static async Task<LiveRun> StartAsync(PortalHost host, CancellationToken ct, int nodes = 1, params IEnumerable<Secret> secrets)
    {
        var tenant = await Tenant.CreateAsync(host, "lv" + Guid.NewGuid().ToString("n")[..8], ct);
        await using var db = host.Database();
        var run = new Run
        {
            Key = Domain.Ids.New("r", TimeProvider.System), Kind = RunKind.Converge, ClientId = tenant.ClientId, ProjectId = tenant.ProjectId, State = RunState.Running, RequestedBy = "Ann Keller",
            QueuedAt = TimeProvider.System.GetUtcNow().UtcDateTime, StartedAt = TimeProvider.System.GetUtcNow().UtcDateTime, Epoch = 1, Playbook = "converge-nodes", ContentVersion = "1.0.0", InventoryCommit = new string('3', 40),
        };
        for (var n = 1; n <= nodes; n++)
        {
            var id = $"n-{run.Key}-{n:0000}";
            db.Nodes.Add(HostingPortal.Testing.Scenarios.NodeRows.Ready(tenant.ProjectId, id, $"web-{n}"));
            run.Nodes.Add(new RunNode { RunId = 0, ProjectId = tenant.ProjectId, NodeId = id, Name = $"web-{n}" });
        }

        db.Runs.Add(run);
        await db.SaveChangesAsync(ct);
        return new LiveRun(host, run, secrets);
    }

    public Task WriteAsync(params IReadOnlyList<string> events) => log.AdoptAsync(events, ++offset, CancellationToken.None);

    public async Task EndAsync(RunState state)
    {
        await using var db = host.Database();
        await db.Runs.Where(r => r.Id == Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.State, state).SetProperty(x => x.EndedAt, TimeProvider.System.GetUtcNow().UtcDateTime));
        host.Get<RunFeed>().Publish(new RunBatch(Id, state, [], []));
    }

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
