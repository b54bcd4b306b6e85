using CliWrap;
using HostingPortal.Domain;

namespace HostingPortal.Infrastructure.Git;

/// <summary>git in one working folder: no user or system configuration, no prompts, no hooks, links as plain files.</summary>
internal sealed class GitCommand(string folder, string? sshConfig)
{
    private const int LargestOutput = 8 * 1024 * 1024;
    private const int LargestErrors = 16 * 1024;

    private static readonly string[] Settings =
    [
        "-c", "core.symlinks=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
        "-c", "user.name=HostingPortal", "-c", "user.email=portal@localhost", "-c", "commit.gpgSign=false", "-c", "advice.detachedHead=false",
        "-c", "safe.directory=*", "-c", "init.defaultBranch=main",
    ];

    /// <summary>Runs git and hands back whatever it ended with.</summary>
    public async Task<GitResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken ct, string? input = null)
    {
        var output = new BoundedOutput(LargestOutput);
        var errors = new BoundedOutput(LargestErrors);
        var result = await Cli.Wrap("git")
            .WithWorkingDirectory(folder)
            .WithArguments([.. Settings, .. arguments])
            .WithEnvironmentVariables(Surroundings())
            .WithStandardInputPipe(input is null ? PipeSource.Null : PipeSource.FromString(input))
            .WithStandardOutputPipe(output.Target)
            .WithStandardErrorPipe(errors.Target)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(ct);
        return new GitResult(result.ExitCode, output.Text, errors.Text, output.Cut);
    }

    /// <exception cref="OutsideException">git failed; connection errors keep the executor's codes.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct, string? input = null)
    {
        var result = await TryAsync(arguments, ct, input);
        return result.ExitCode == 0 ? result.Output : throw result.ToException();
    }

    private Dictionary<string, string?> Surroundings() => new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_SSH_COMMAND"] = sshConfig is null ? null : $"ssh -F {sshConfig}",
        ["GIT_SSH_VARIANT"] = "ssh",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["LC_ALL"] = "C",
    };
}
