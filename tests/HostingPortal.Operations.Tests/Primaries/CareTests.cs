using System.Text.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>Keys replaced on real machines, and a Project Master that is destroyed and rebuilt.</summary>
[Trait("Suite", "primary")]
[Collection(PrimaryCollection.Name)]
public sealed class CareTests(InstalledPrimary primary)
{
    private const string Ssh = "ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o BatchMode=yes -o ConnectTimeout=8 -o IdentitiesOnly=yes";

    [Fact]
    public async Task RotateKeys_OfNodesAndOfTheMaster_OnlyTheNewOnesOpen()
    {
        var ct = TestContext.Current.CancellationToken;
        var managed = await primary.ManagedAsync(ct);
        using var admin = primary.Server.SignIn(primary.Token);
        var shell = await managed.ShellAsync(primary.Server, admin, ct);
        var (nodeKey, masterKey) = ($"/var/lib/hostingportal/secrets/{managed.Project}/key", $"/var/lib/hostingportal/secrets/{shell.Inventory}/key");
        await shell.MasterAsync($"cp {nodeKey} /root/old-key", ct);
        await primary.Server.RunAsync($"cp {masterKey} /root/old-key", ct);

        Assert.Equal("succeeded", await admin.WaitAsync(await StartAsync(admin, $"projects/{managed.Project}/rotate-keys", ct), ct));
        Assert.Equal("refused", (await shell.MasterAsync($"{Ssh} -i /root/old-key deploy@{shell.Node} true 2>/dev/null && echo open || echo refused", ct)).Trim());
        Assert.Equal("web-m", (await shell.NodeAsync("hostname", ct)).Trim());
        Assert.Equal("2", (await shell.NodeAsync("grep -c ^ssh-ed25519 /home/deploy/.ssh/authorized_keys", ct)).Trim()); // the new one, and the cold one

        Assert.Equal("succeeded", await admin.WaitAsync(await StartAsync(admin, $"projects/{managed.Project}/master/rotate-key", ct), ct));
        foreach (var account in new[] { "deploy", "portal" })
        {
            Assert.Equal("refused", (await primary.Server.RunAsync($"{Ssh} -i /root/old-key {account}@{shell.Master} sudo -n /usr/local/sbin/portal-executor version >/dev/null 2>&1 && echo open || echo refused", ct)).Trim());
        }

        Assert.Equal("succeeded", await admin.WaitAsync(await StartAsync(admin, $"nodes/{managed.Node}/converge", ct), ct));
        var care = await admin.GetAsync($"projects/{managed.Project}/master", ct);
        Assert.True(care.GetProperty("health").GetProperty("memoryTotal").GetInt64() > 0);
        Assert.True(care.GetProperty("current").GetBoolean());
    }

    [Fact]
    public async Task CheckReach_OnRealMachines_SaysTheSameUntilSomebodyOpensAPort()
    {
        var ct = TestContext.Current.CancellationToken;
        var managed = await primary.ManagedAsync(ct);
        using var admin = primary.Server.SignIn(primary.Token);
        var shell = await managed.ShellAsync(primary.Server, admin, ct);
        var same = await StartAsync(admin, $"projects/{managed.Project}/check-reach", ct);
        Assert.Equal("succeeded", await admin.WaitAsync(same, ct));
        Assert.Equal("succeeded", await admin.WaitAsync(same - 1, ct));
        await shell.NodeAsync("nft add rule inet hostingportal input tcp dport 2323 accept", ct);
        var differs = await admin.WaitAsync(await StartAsync(admin, $"projects/{managed.Project}/check-reach", ct), ct);
        Assert.StartsWith("partlyFailed", differs, StringComparison.Ordinal);
        Assert.Contains("2323 from everywhere", differs, StringComparison.Ordinal);
        await shell.NodeAsync("nft -f /etc/nftables.conf", ct);

        // The same for what Hetzner's firewall says, which the machine itself cannot know.
        await primary.SetRulesAsync(managed.Project, rules => rules.Add(JsonNode.Parse("""{"direction":"in","protocol":"tcp","port":"2424","source_ips":["0.0.0.0/0"]}""")!), ct);
        differs = await admin.WaitAsync(await StartAsync(admin, $"projects/{managed.Project}/check-reach", ct), ct);
        Assert.Contains("Hetzner's firewall is open though it should not be: 2424/tcp", differs, StringComparison.Ordinal);
        await primary.SetRulesAsync(managed.Project, rules => rules.RemoveAt(rules.Count - 1), ct);
    }

    [Fact]
    public async Task Rebuild_MasterDestroyed_NodesComeBackByTheirColdKeyAndAllKeysAreNew()
    {
        var ct = TestContext.Current.CancellationToken;
        var managed = await primary.ManagedAsync(ct);
        using var admin = primary.Server.SignIn(primary.Token);
        using var cloud = primary.Lab.CloudOf(primary.Work.CloudToken);
        var lost = await admin.GetAsync($"nodes/{managed.Master}", ct);
        (await cloud.DeleteAsync(new Uri($"servers/{lost.GetProperty("cloudServerId").GetInt64()}", UriKind.Relative), ct)).EnsureSuccessStatusCode();
        Assert.Equal(JsonValueKind.Null, (await admin.GetAsync($"projects/{managed.Project}/master", ct)).GetProperty("health").ValueKind);

        const string Broker = "SELECT HEX(BrokerHash) FROM nodes WHERE Template = 'lemp' AND State <> 'Removed' ORDER BY Id";
        var known = await primary.Server.RunAsync($"mariadb portal -N -e \"{Broker}\"; cat /var/lib/hostingportal/secrets/{managed.Project}/* 2>/dev/null || true", ct);
        var rebuilt = await admin.PostAsync($"projects/{managed.Project}/master/rebuild", new { name = "master" }, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(rebuilt.GetProperty("runId").GetInt64(), ct));
        foreach (var job in new[] { "recover", "rotate-nodes", "renew-secrets" })
        {
            Assert.Equal("succeeded", await admin.WaitAsync(await admin.FindJobAsync(managed.Project, job, rebuilt.GetProperty("runId").GetInt64(), ct), ct));
        }

        var after = managed with { Master = rebuilt.GetProperty("nodeId").GetString()! };
        primary.Rebuilt(after);
        var shell = await after.ShellAsync(primary.Server, admin, ct);
        Assert.Equal("web-m", (await shell.NodeAsync("hostname", ct)).Trim());
        Assert.Equal("succeeded", await admin.WaitAsync(await StartAsync(admin, $"nodes/{managed.Node}/converge", ct), ct));
        Assert.Equal("online", (await admin.GetAsync($"sites/{managed.Site}", ct)).GetProperty("state").GetString());

        // What the lost master could read is new, and the Primary's executor keeps nothing of it.
        Assert.NotEqual(known, await primary.Server.RunAsync($"mariadb portal -N -e \"{Broker}\"", ct));
        Assert.Equal("", (await primary.Server.RunAsync($"ls -A /var/lib/hostingportal/secrets/{managed.Project}", ct)).Trim());

        // The way in from outside was open for one play alone.
        var node = (await admin.GetAsync($"nodes/{managed.Node}", ct)).GetProperty("publicIpv4").GetString();
        Assert.Equal("closed", (await primary.Server.RunAsync($"timeout 3 bash -c 'exec 3<>/dev/tcp/{node}/22' 2>/dev/null && echo open || echo closed", ct)).Trim());
        Assert.DoesNotContain(managed.Master, await primary.MarkedServersAsync(ct));
    }

    private static async Task<long> StartAsync(PortalClient admin, string path, CancellationToken ct) => (await admin.PostAsync(path, new { }, ct)).GetProperty("runId").GetInt64();
}
