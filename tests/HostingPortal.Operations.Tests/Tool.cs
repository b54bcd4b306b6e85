using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Operations.Tests;

/// <summary>Programs of the system, run to their end. A command line is given as its words, the program first.</summary>
internal static class Tool
{
    private const int LastCharacters = 4000;

    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message carries the end of what it wrote.</exception>
    public static async Task<string> RunAsync(string[] words, CancellationToken ct)
    {
        var result = await TryAsync(words, ct);
        return result.ExitCode == 0 ? result.StandardOutput : throw new InvalidOperationException(
            $"{string.Join(' ', words)} ended with {result.ExitCode}:\n{End(result.StandardOutput)}\n{End(result.StandardError)}");
    }

    /// <summary>For a program whose failure is an answer too.</summary>
    public static async Task<BufferedCommandResult> TryAsync(string[] words, CancellationToken ct) =>
        await Cli.Wrap(words[0]).WithArguments(words[1..]).WithWorkingDirectory(Checkout.Root).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);

    /// <summary>A port of this machine that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string End(string text) => text.Length <= LastCharacters ? text : text[^LastCharacters..];
}
