using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.CloudSandbox.Machines;

/// <summary>Runs the system's tools (ip, nft, sh…) to their end. A command line is given as its words, the tool first.</summary>
internal static class Shell
{
    /// <summary>Administrators' tools are not on every user's path.</summary>
    private const string SystemPath = "/usr/sbin:/usr/bin:/sbin:/bin";

    /// <exception cref="LabException">The command failed; carries what it wrote to stderr.</exception>
    public static Task RunAsync(string[] words, CancellationToken ct) => RunAsync(words, "", ct);

    /// <param name="words">Tool and arguments.</param>
    /// <param name="input">Text for the tool's standard input.</param>
    /// <param name="ct">Kills the tool.</param>
    /// <exception cref="LabException">The command failed; carries what it wrote to stderr.</exception>
    public static async Task RunAsync(string[] words, string input, CancellationToken ct)
    {
        var result = await TryAsync(words, input, ct);
        if (result.ExitCode != 0)
        {
            throw new LabException($"{string.Join(' ', words)} failed with {result.ExitCode}: {result.StandardError.Trim()}");
        }
    }

    /// <summary>Runs a command whose failure is an answer too.</summary>
    public static Task<BufferedCommandResult> TryAsync(string[] words, CancellationToken ct) => TryAsync(words, "", ct);

    public static async Task<BufferedCommandResult> TryAsync(string[] words, string input, CancellationToken ct) =>
        await Command(words).WithStandardInputPipe(PipeSource.FromString(input)).ExecuteBufferedAsync(ct);

    public static Command Command(params string[] words) => Cli.Wrap(words[0])
        .WithArguments(words[1..])
        .WithEnvironmentVariables(variables => variables.Set("PATH", SystemPath).Set("LC_ALL", "C.UTF-8"))
        .WithValidation(CommandResultValidation.None);
}
