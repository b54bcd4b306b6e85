using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

/// <summary>An action on its way says how far it is, as clients that draw a bar expect.</summary>
public sealed class ActionProgressTests
{
    [Fact]
    public async Task Action_WhileItRuns_GoesFromNothingOverHalfToAll()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { ActionDuration = TimeSpan.FromSeconds(3) });
        using var project = new ApiClient(server);
        var action = (await project.PostAsync("/servers", Samples.Server("web"))).Id("action");
        var first = await project.GetAsync($"/actions/{action}");
        Assert.Equal(("running", "0"), (first.Text("action.status"), first.Text("action.progress")));
        var half = await project.UntilAsync($"/actions/{action}", "action.progress", "50");
        Assert.Equal("running", half.Text("action.status"));
        Assert.Null(half.Text("action.finished"));
        var end = await project.EndedAsync(action);
        Assert.Equal(("success", "100"), (end.Text("status"), end.Text("progress")));
    }
}
