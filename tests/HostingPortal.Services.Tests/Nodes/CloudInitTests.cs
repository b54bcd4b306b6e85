using System.Text.Json;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Nodes;

/// <summary>What a server is told at its birth: Hetzner keeps it readable, so it holds as little as can be.</summary>
public sealed class CloudInitTests(MariaDbFixture server)
{
    [Fact]
    public async Task Order_UserData_PinsTheHostKeyAndLetsInTheProjectAlone()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var world = await World.CreateAsync(server, ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", ct);
        var text = world.Cloud.Orders[tenant.NodeId].UserData;
        Assert.StartsWith("#cloud-config\n", text, StringComparison.Ordinal);
        var data = JsonDocument.Parse(text["#cloud-config\n".Length..]).RootElement;
        await using var db = world.Database.CreateDbContext();
        var node = await db.Nodes.AsNoTracking().Include(n => n.Project).FirstAsync(n => n.Id == tenant.NodeId, ct);

        Assert.Equal(["disable_root", "hostname", "ssh_deletekeys", "ssh_genkeytypes", "ssh_keys", "ssh_pwauth", "users"], data.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("alfa-web", data.GetProperty("hostname").GetString());
        Assert.Equal((true, false), (data.GetProperty("disable_root").GetBoolean(), data.GetProperty("ssh_pwauth").GetBoolean()));
        Assert.StartsWith("-----BEGIN", data.GetProperty("ssh_keys").GetProperty("ed25519_private").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("ssh-ed25519 ", data.GetProperty("ssh_keys").GetProperty("ed25519_public").GetString(), StringComparison.Ordinal);
        var user = Assert.Single(data.GetProperty("users").EnumerateArray());
        Assert.Equal([node.Project!.SshPublicKey], user.GetProperty("ssh_authorized_keys").EnumerateArray().Select(k => k.GetString()));
        Assert.True(user.GetProperty("lock_passwd").GetBoolean());
    }
}
