using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class SshKeyTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task LifeCycle_CreateReadUpdateDelete_FitsTheDocument()
    {
        using var project = sandbox.NewProject();
        var id = (await project.PostAsync("/ssh_keys", Samples.SshKey("deploy"))).Id("ssh_key");
        Assert.Equal("deploy", (await project.GetAsync($"/ssh_keys/{id}")).Text("ssh_key.name"));
        var changed = await project.PutAsync($"/ssh_keys/{id}", new { name = "other", labels = new { env = "test" } });
        Assert.Equal("test", changed.Text("ssh_key.labels.env"));
        Assert.Equal(["other"], (await project.GetAsync("/ssh_keys?label_selector=env%3Dtest")).Texts("ssh_keys", "name"));
        await project.DeleteAsync($"/ssh_keys/{id}");
        Assert.Equal("not_found", await project.RefusedAsync(HttpMethod.Get, $"/ssh_keys/{id}", null, 404));
    }

    [Fact]
    public async Task Create_KnownKey_ShowsTheFingerprintOpenSshShows()
    {
        using var project = sandbox.NewProject();
        const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDrF+0n75NaDxGfTvcjLgYJgyssnTLe2eEPx1axGkz5R root@vm";
        var answer = await project.PostAsync("/ssh_keys", new { name = "k", public_key = Key });
        Assert.Equal("47:fe:ce:e2:bc:ca:0b:91:eb:69:f9:03:eb:01:8b:cc", answer.Text("ssh_key.fingerprint"));
    }

    [Fact]
    public async Task Create_SameNameOrSameKey_IsRefused()
    {
        using var project = sandbox.NewProject();
        var key = Samples.PublicKey();
        await project.PostAsync("/ssh_keys", new { name = "a", public_key = key });
        Assert.Equal("uniqueness_error", await project.RefusedAsync(HttpMethod.Post, "/ssh_keys", Samples.SshKey("a"), 409));
        Assert.Equal("uniqueness_error", await project.RefusedAsync(HttpMethod.Post, "/ssh_keys", new { name = "b", public_key = key }, 409));
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("ssh-ed25519 %%%")]
    [InlineData("ssh-rsa")]
    public async Task Create_MalformedKey_NamesTheField(string key)
    {
        using var project = sandbox.NewProject();
        var (_, body) = await project.SendAsync(HttpMethod.Post, "/ssh_keys", new { name = "k", public_key = key });
        Assert.Equal("public_key", body!.Text("error.details.fields.0.name"));
    }
}
