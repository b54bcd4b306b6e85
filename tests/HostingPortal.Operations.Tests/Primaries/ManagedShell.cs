namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>Root on a managed project's machines, by the keys their executors have: the Primary's for the master, the master's for the node.</summary>
/// <param name="Inventory">Id of the master's own inventory.</param>
internal sealed record ManagedShell(PrimaryServer Primary, string Project, string Inventory, string Master, string Node)
{
    private const string Options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o BatchMode=yes -o ConnectTimeout=8";

    /// <returns>Standard output of a shell script on the master.</returns>
    public Task<string> MasterAsync(string script, CancellationToken ct) =>
        Primary.RunAsync($"ssh -i /var/lib/hostingportal/secrets/{Inventory}/key {Options} deploy@{Master} sudo sh <<'MASTER'\n{script}\nMASTER\n", ct);

    /// <returns>Standard output of a shell script on the node, over its master.</returns>
    public Task<string> NodeAsync(string script, CancellationToken ct) =>
        MasterAsync($"ssh -i /var/lib/hostingportal/secrets/{Project}/key {Options} deploy@{Node} sudo sh <<'NODE'\n{script}\nNODE", ct);

    /// <summary>The timer's turn after the portal has been away for so many hours; waits for the run's end.</summary>
    /// <returns>The run's key, or nothing where none was started.</returns>
    public async Task<string> TimerAsync(int hours, CancellationToken ct) => (await MasterAsync($$"""
        touch -d '-{{hours}} hours' /var/lib/hostingportal/contact
        before=$(ls /var/lib/hostingportal/runs)
        systemctl start portal-watch.service
        for run in $(ls /var/lib/hostingportal/runs); do
          case " $(echo $before) " in *" $run "*) continue ;; esac
          for i in $(seq 600); do [ -e /var/lib/hostingportal/runs/$run/ended.json ] && break; sleep 0.2; done
          echo $run
        done
        """, ct)).Trim();
}
