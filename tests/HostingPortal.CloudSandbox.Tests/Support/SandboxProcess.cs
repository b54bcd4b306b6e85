using CliWrap;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>The sandbox as a process of its own, from this test's build.</summary>
internal static class SandboxProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <summary>Tests that run in the background have inherited a deaf ear to Ctrl-C; the sandbox shall hear it.</summary>
    public static Command Command(params string[] arguments) => Cli.Wrap("env")
        .WithArguments(["--default-signal=INT", "dotnet", typeof(SandboxServer).Assembly.Location, .. arguments])
        .WithValidation(CommandResultValidation.None);

    /// <summary>Waits for the line that says where it listens, does something with the root address and ends the process: politely or by killing it.</summary>
    public static async Task WhileRunningAsync(string[] arguments, Func<Uri, Task> work, bool kill)
    {
        using var polite = new CancellationTokenSource();
        using var forced = new CancellationTokenSource(Patience);
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Command(arguments).WithStandardOutputPipe(PipeTarget.ToDelegate(ready.SetResult)).ExecuteAsync(forced.Token, polite.Token);
        var line = await ready.Task.WaitAsync(Patience, TimeProvider.System, CancellationToken.None);
        Assert.Matches(@"^listening on http://127\.0\.0\.1:\d+/v1$", line);
        await work(new Uri(line["listening on ".Length..^"v1".Length]));
        await (kill ? forced : polite).CancelAsync();
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await run);
        Assert.Contains(kill ? "forcefully" : "gracefully", ended.Message, StringComparison.Ordinal);
    }
}
