using CliWrap.Buffered;
using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class ProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-");

    [Theory]
    [InlineData("--colour", "unknown option --colour")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port x", "--port needs a number up to 65535")]
    public async Task Start_WrongOption_SaysSoOnOneLine(string arguments, string message)
    {
        var result = await SandboxProcess.Command(arguments.Split(' ')).ExecuteBufferedAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"sandbox: {message}", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.Trim().Split('\n'));
    }

    [Fact]
    public async Task Start_PortTaken_SaysWhichOne()
    {
        await using var first = await SandboxServer.StartAsync(SandboxFixture.Options);
        var result = await SandboxProcess.Command("--no-machines", "--port", $"{first.Root.Port}").ExecuteBufferedAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"127.0.0.1:{first.Root.Port}: address already in use", result.StandardError, StringComparison.Ordinal);
        Assert.Empty(result.StandardOutput);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answered_ThenProcessEnded_NothingIsLost(bool kill)
    {
        var token = SandboxServer.NewToken();
        string[] arguments = ["--port", "0", "--no-machines", "--data", _folder.FullName];
        await SandboxProcess.WhileRunningAsync(arguments, async root =>
        {
            using var project = new ApiClient(root, token);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => project.PostAsync("/ssh_keys", Samples.SshKey($"k{n}"))));
        }, kill);
        await using var again = await SandboxServer.StartAsync(SandboxFixture.Options with { DataDirectory = _folder.FullName });
        using var same = new ApiClient(again, token);
        Assert.Equal(20, (await same.GetAsync("/ssh_keys"))["ssh_keys"]!.AsArray().Count);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
