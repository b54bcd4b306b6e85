using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Clients;

public sealed class HcloudPythonTests(LegacySandbox sandbox) : IClassFixture<LegacySandbox>
{
    [Fact]
    public async Task LifeCycles_OfEveryResource_Work()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Clients", "hcloud_life_cycle.py");
        var output = await ClientProgram.Python.RunAsync(sandbox.Server, SandboxServer.NewToken(), script, Samples.PublicKey());
        Assert.Equal("ok", output.Trim());
    }
}
