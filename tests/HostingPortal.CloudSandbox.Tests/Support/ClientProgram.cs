using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>An official client from Debian, run against a simulator. Nothing is installed here: a missing one fails and says what to do.</summary>
internal sealed class ClientProgram(string path, string package)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static readonly ClientProgram Hcloud = new("/usr/bin/hcloud", "hcloud-cli");

    /// <summary>Debian's own interpreter: only it sees Debian's packages.</summary>
    public static readonly ClientProgram Python = new("/usr/bin/python3", "python3-hcloud");

    /// <summary>Runs the program and answers what it printed; asserts that it succeeded.</summary>
    public async Task<string> RunAsync(SandboxServer server, string token, params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(server, token, arguments);
        Assert.True(exitCode == 0, $"{path} {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }

    public async Task<(int ExitCode, string Output, string Error)> TryAsync(SandboxServer server, string token, params string[] arguments)
    {
        Assert.True(File.Exists(path), $"{path} is missing. Install it with: apt-get install {package}");
        using var deadline = new CancellationTokenSource(Patience);
        var result = await Cli.Wrap(path).WithArguments(arguments)
            .WithEnvironmentVariables(env => env
                .Set("HCLOUD_ENDPOINT", server.BaseAddress.ToString().TrimEnd('/'))
                .Set("HCLOUD_TOKEN", token)
                .Set("HCLOUD_CONFIG", "/dev/null"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(deadline.Token);
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
