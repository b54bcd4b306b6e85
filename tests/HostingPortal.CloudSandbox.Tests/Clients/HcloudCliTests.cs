using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Clients;

/// <summary>The <c>hcloud</c> command line tool of Debian 12 through a life cycle of each resource it knows.</summary>
public sealed class HcloudCliTests(LegacySandbox sandbox) : IClassFixture<LegacySandbox>, IDisposable
{
    private readonly string _token = SandboxServer.NewToken();
    private readonly string _key = Path.GetTempFileName();

    [Theory]
    [InlineData("location list", "fsn1")]
    [InlineData("datacenter list", "nbg1-dc15")]
    [InlineData("server-type list", "cpx22")]
    [InlineData("server-type describe cx33", "Memory")]
    [InlineData("image list", "debian-13")]
    [InlineData("image describe debian-12", "Debian 12")]
    public async Task Catalogue_IsListed(string command, string expected) =>
        Assert.Contains(expected, await RunAsync(command), StringComparison.Ordinal);

    [Fact]
    public async Task SshKey_LifeCycle_Works()
    {
        await CreateKeyAsync();
        await RunAsync("ssh-key add-label k env=test");
        await RunAsync("ssh-key update k --name k2");
        Assert.Contains("k2", await RunAsync("ssh-key list -l env=test"), StringComparison.Ordinal);
        await RunAsync("ssh-key delete k2");
    }

    [Fact]
    public async Task Network_LifeCycle_Works()
    {
        await RunAsync("network create --name n --ip-range 10.0.0.0/16");
        await RunAsync("network add-subnet n --type cloud --network-zone eu-central --ip-range 10.0.1.0/24");
        await RunAsync("network add-route n --destination 10.100.1.0/24 --gateway 10.0.1.9");
        await RunAsync("network change-ip-range n --ip-range 10.0.0.0/12");
        await RunAsync("network enable-protection n delete");
        await RunAsync("network disable-protection n delete");
        Assert.Contains("10.100.1.0/24", await RunAsync("network describe n"), StringComparison.Ordinal);
        await RunAsync("network remove-route n --destination 10.100.1.0/24 --gateway 10.0.1.9");
        await RunAsync("network remove-subnet n --ip-range 10.0.1.0/24");
        await RunAsync("network delete n");
    }

    [Fact]
    public async Task Server_LifeCycle_Works()
    {
        await CreateKeyAsync();
        await RunAsync("network create --name n --ip-range 10.0.0.0/16");
        await RunAsync("network add-subnet n --type cloud --network-zone eu-central --ip-range 10.0.1.0/24");
        await RunAsync("server create --name s --type cx33 --image debian-12 --location fsn1 --ssh-key k --label env=prod --network n");
        Assert.StartsWith("127.77.", await RunAsync("server ip s"), StringComparison.Ordinal);
        foreach (var action in new[] { "shutdown", "poweron", "reboot", "reset", "poweroff", "change-type s cx43", "rebuild --image debian-12", "reset-password" })
        {
            await RunAsync(action.Contains(" s ", StringComparison.Ordinal) ? $"server {action}" : $"server {action} s");
        }

        await RunAsync("server detach-from-network s --network n");
        await RunAsync("server attach-to-network s --network n --ip 10.0.1.7");
        await RunAsync("server change-alias-ips s --network n --alias-ips 10.0.1.70");
        await RunAsync("server set-rdns s --hostname a.example.com");
        await RunAsync("server enable-protection s delete rebuild");
        Assert.Contains("protected", (await ClientProgram.Hcloud.TryAsync(sandbox.Server, _token, "server", "delete", "s")).Error, StringComparison.Ordinal);
        await RunAsync("server disable-protection s delete rebuild");
        Assert.Contains("cx43", await RunAsync("server describe s"), StringComparison.Ordinal);
        await RunAsync("server delete s");
        Assert.DoesNotContain("running", await RunAsync("server list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Firewall_LifeCycle_Works()
    {
        await RunAsync("server create --name s --type cx33 --image debian-12 --location fsn1 --label env=prod");
        await RunAsync("firewall create --name f");
        await RunAsync("firewall add-rule f --direction in --protocol tcp --port 22 --source-ips 0.0.0.0/0 --source-ips ::/0");
        await RunAsync("firewall apply-to-resource f --type server --server s");
        await RunAsync("firewall apply-to-resource f --type label_selector --label-selector env=prod");
        Assert.Contains("env=prod", await RunAsync("firewall describe f"), StringComparison.Ordinal);
        await RunAsync("firewall remove-from-resource f --type label_selector --label-selector env=prod");
        await RunAsync("firewall remove-from-resource f --type server --server s");
        await RunAsync("firewall delete-rule f --direction in --protocol tcp --port 22 --source-ips 0.0.0.0/0 --source-ips ::/0");
        await RunAsync("firewall delete f");
    }

    [Fact]
    public async Task PrimaryIp_LifeCycle_Works()
    {
        await RunAsync("primary-ip create --name p --type ipv4 --datacenter fsn1-dc14");
        await RunAsync("primary-ip add-label p a=b");
        Assert.Contains("127.77.", await RunAsync("primary-ip list"), StringComparison.Ordinal);
        await RunAsync("primary-ip delete p");
    }

    public void Dispose() => File.Delete(_key);

    private async Task CreateKeyAsync()
    {
        await File.WriteAllTextAsync(_key, Samples.PublicKey());
        await RunAsync($"ssh-key create --name k --public-key-from-file {_key}");
    }

    private Task<string> RunAsync(string command) =>
        ClientProgram.Hcloud.RunAsync(sandbox.Server, _token, ["--poll-interval", "20ms", .. command.Split(' ')]);
}
