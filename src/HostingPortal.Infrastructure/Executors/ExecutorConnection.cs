using System.Text.RegularExpressions;
using CliWrap;
using HostingPortal.Domain;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>One shared SSH connection to the executor. Every word of a remote command is checked, since the remote shell reads it again.</summary>
internal sealed partial class ExecutorConnection(SshFiles files, IOptions<ExecutorOptions> options, TimeProvider time) : IAsyncDisposable
{
    private const int LargestAnswer = 1024 * 1024;
    private const int LargestErrors = 16 * 1024;

    /// <summary>A command whose streams the caller pipes; its exit code is not judged.</summary>
    public Command Prepare(params string[] words) => Cli.Wrap("ssh")
        .WithArguments(["-F", files.Config, SshFiles.Alias, "--", .. words.Select(Checked)])
        .WithValidation(CommandResultValidation.None);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="input">Bytes for its standard input; null gives it none.</param>
    /// <param name="line">Called with each line it writes, if given.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="OutsideException">It failed, or the connection did: codes as in <see cref="ExecutorFaults"/>.</exception>
    public async Task<string> RunAsync(
        IReadOnlyList<string> words, byte[]? input, TimeSpan? limit = null, Action<string>? line = null, CancellationToken ct = default)
    {
        var patience = limit ?? options.Value.CallTimeout;
        using var timer = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        var output = new BoundedOutput(LargestAnswer);
        var errors = new BoundedOutput(LargestErrors);
        try
        {
            var result = await Prepare([.. words])
                .WithStandardInputPipe(input is null ? PipeSource.Null : PipeSource.FromBytes(input))
                .WithStandardOutputPipe(line is null ? output.Target : PipeTarget.Merge(output.Target, BoundedLines.To(line)))
                .WithStandardErrorPipe(line is null ? errors.Target : PipeTarget.Merge(errors.Target, BoundedLines.To(line)))
                .ExecuteAsync(both.Token);
            return result.ExitCode == 0 ? output.Text : throw ExecutorFaults.From(result.ExitCode, output.Text, errors.Text);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw ExecutorFaults.TimedOut(words[^1], patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (files.InUse)
        {
            await Cli.Wrap("ssh").WithArguments(["-F", files.Config, "-O", "exit", SshFiles.Alias])
                .WithValidation(CommandResultValidation.None)
                .WithStandardErrorPipe(PipeTarget.Null)
                .ExecuteAsync();
        }
    }

    private static string Checked(string word) => Word().IsMatch(word)
        ? word
        : throw new ArgumentException($"'{word}' may not be part of a remote command.", nameof(word));

    [GeneratedRegex(@"\A(>|[A-Za-z0-9_./+-]{1,200})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
