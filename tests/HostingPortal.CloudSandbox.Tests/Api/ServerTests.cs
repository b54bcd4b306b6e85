using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class ServerTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Create_WithDefaults_GoesFromInitializingToRunning()
    {
        using var project = sandbox.NewProject();
        var created = await project.PostAsync("/servers", Samples.Server("web"));
        Assert.Equal("initializing", created.Text("server.status"));
        Assert.Equal("create_server", created.Text("action.command"));
        Assert.Equal("start_server", created.Text("next_actions.0.command"));
        Assert.Equal(20, created.Text("root_password")!.Length);
        await project.DoneAsync(created);
        var server = await project.GetAsync($"/servers/{created.Id("server")}");
        Assert.Equal("running", server.Text("server.status"));
        Assert.StartsWith("127.77.", server.Text("server.public_net.ipv4.ip"), StringComparison.Ordinal);
        Assert.EndsWith("::/64", server.Text("server.public_net.ipv6.ip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithSshKey_HasNoRootPassword()
    {
        using var project = sandbox.NewProject();
        await project.PostAsync("/ssh_keys", Samples.SshKey("k"));
        var created = await project.PostAsync("/servers", new { name = "a", server_type = "cx33", image = "debian-13", ssh_keys = new[] { "k" } });
        Assert.Null(created["root_password"]);
        await project.DoneAsync(created);
    }

    [Fact]
    public async Task Create_NumbersInsteadOfNames_IsAccepted()
    {
        using var project = sandbox.NewProject();
        await project.DoneAsync(await project.PostAsync("/servers", new { name = "n", server_type = 115, image = 114690387, location = 3 }));
    }

    [Fact]
    public async Task Power_EveryAction_LeavesTheStatusItShould()
    {
        using var project = sandbox.NewProject();
        var path = await RunningAsync(project, "power");
        foreach (var (action, status) in new[] { ("shutdown", "off"), ("poweron", "running"), ("reboot", "running"), ("reset", "running"), ("poweroff", "off") })
        {
            await project.DoneAsync(await project.PostAsync($"{path}/actions/{action}"));
            Assert.Equal(status, (await project.GetAsync(path)).Text("server.status"));
        }
    }

    [Fact]
    public async Task Action_WhileAnotherRuns_IsLocked()
    {
        using var project = sandbox.NewProject();
        var created = await project.PostAsync("/servers", Samples.Server("busy"));
        Assert.Equal("true", created.Text("server.locked"));
        Assert.Equal("locked", await project.RefusedAsync(HttpMethod.Post, $"/servers/{created.Id("server")}/actions/reboot", null, 423));
        await project.DoneAsync(created);
        Assert.Equal("false", (await project.GetAsync($"/servers/{created.Id("server")}")).Text("server.locked"));
    }

    [Fact]
    public async Task ChangeType_RunningServer_IsRefusedThenDoneWhenOff()
    {
        using var project = sandbox.NewProject();
        var path = await RunningAsync(project, "grow");
        var change = new { server_type = "cx43", upgrade_disk = true };
        Assert.Equal("server_not_stopped", await project.RefusedAsync(HttpMethod.Post, $"{path}/actions/change_type", change, 422));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/poweroff"));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/change_type", change));
        var server = await project.GetAsync(path);
        Assert.Equal(("cx43", "160", "running"), (server.Text("server.server_type.name"), server.Text("server.primary_disk_size"), server.Text("server.status")));
    }

    [Fact]
    public async Task Rebuild_OtherImage_ChangesTheImageAndKeepsTheAddress()
    {
        using var project = sandbox.NewProject();
        var path = await RunningAsync(project, "again");
        var before = await project.GetAsync(path);
        await project.DoneAsync(await project.PostAsync($"{path}/actions/rebuild", new { image = "debian-12" }));
        var after = await project.GetAsync(path);
        Assert.Equal("debian-12", after.Text("server.image.name"));
        Assert.Equal(before.Text("server.public_net.ipv4.ip"), after.Text("server.public_net.ipv4.ip"));
    }

    [Fact]
    public async Task Protection_On_RefusesDeleteAndRebuild()
    {
        using var project = sandbox.NewProject();
        var path = await RunningAsync(project, "safe");
        await project.DoneAsync(await project.PostAsync($"{path}/actions/change_protection", new { delete = true, rebuild = true }));
        Assert.Equal("protected", await project.RefusedAsync(HttpMethod.Delete, path, null, 423));
        Assert.Equal("protected", await project.RefusedAsync(HttpMethod.Post, $"{path}/actions/rebuild", new { image = "debian-13" }, 423));
    }

    [Fact]
    public async Task OtherActions_FitTheDocument()
    {
        using var project = sandbox.NewProject();
        var path = await RunningAsync(project, "misc");
        var ip = (await project.GetAsync(path)).Text("server.public_net.ipv4.ip");
        await project.DoneAsync(await project.PostAsync($"{path}/actions/change_dns_ptr", new { ip, dns_ptr = "mail.example.com" }));
        Assert.Equal("mail.example.com", (await project.GetAsync(path)).Text("server.public_net.ipv4.dns_ptr"));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/reset_password"));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/enable_backup"));
        Assert.Equal("22-02", (await project.GetAsync(path)).Text("server.backup_window"));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/disable_backup"));
        await project.PutAsync(path, new { name = "renamed", labels = new { role = "web" } });
        Assert.Equal(["renamed"], (await project.GetAsync("/servers?label_selector=role=web&status=running")).Texts("servers", "name"));
        Assert.Contains("reset_password", (await project.GetAsync($"{path}/actions?sort=id:desc")).Texts("actions", "command"));
    }

    [Fact]
    public async Task Delete_RemovesServerAndItsAddresses()
    {
        using var project = sandbox.NewProject();
        var path = await RunningAsync(project, "gone");
        Assert.Equal(2, (await project.GetAsync("/primary_ips"))["primary_ips"]!.AsArray().Count);
        await project.DoneAsync(await project.DeleteAsync(path, 200));
        Assert.Equal("not_found", await project.RefusedAsync(HttpMethod.Get, path, null, 404));
        Assert.Empty((await project.GetAsync("/primary_ips"))["primary_ips"]!.AsArray());
    }

    private static async Task<string> RunningAsync(ApiClient project, string name) =>
        $"/servers/{(await project.DoneAsync(await project.PostAsync("/servers", Samples.Server(name)))).Id("server")}";
}
