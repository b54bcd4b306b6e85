using System.Text.Json;
using HostingPortal.Domain;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>Names what went wrong from ssh's exit code and words, or from the executor's own answer.</summary>
internal static class ExecutorFaults
{
    /// <summary>ssh itself failed; codes below it are the remote program's.</summary>
    public const int SshFailed = 255;
    private const int CommandNotFound = 127;

    /// <summary>From here on a signal ended ssh or the program there, which says nothing about the work.</summary>
    private const int KilledBySignal = 128;
    private const int LongestText = 500;

    /// <param name="output">The executor's answer, e.g. <c>{"error": "unknown", "message": "there is no run r-1"}</c>.</param>
    public static OutsideException From(int exitCode, string output, string errors)
    {
        var detail = Cut($"{(errors.Length > 0 ? errors : output).Trim()} (exit code {exitCode})");
        if (exitCode == SshFailed)
        {
            return FromSsh(errors, detail);
        }

        if (exitCode > KilledBySignal)
        {
            return new OutsideException("executor.unreachable", detail, transient: true);
        }

        if (exitCode == CommandNotFound || errors.Contains("command not found", StringComparison.Ordinal))
        {
            return new OutsideException("executor.not_installed", detail);
        }

        return FromAnswer(output) ?? new OutsideException("executor.failed", detail);
    }

    public static OutsideException TimedOut(string what, TimeSpan limit) =>
        new("executor.unreachable", $"{what} had no answer in {limit.TotalSeconds:0} s.", transient: true);

    private static OutsideException FromSsh(string errors, string detail) => errors switch
    {
        _ when errors.Contains("Host key verification failed", StringComparison.Ordinal)
            || errors.Contains("IDENTIFICATION HAS CHANGED", StringComparison.Ordinal) => new OutsideException("executor.host_key_changed", detail),
        _ when errors.Contains("Permission denied", StringComparison.Ordinal) => new OutsideException("executor.access_denied", detail),
        _ => new OutsideException("executor.unreachable", detail, transient: true),
    };

    private static OutsideException? FromAnswer(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            var code = json.RootElement.GetProperty("error").GetString();
            var message = json.RootElement.GetProperty("message").GetString() ?? "";
            return code is "usage" or "unknown" or "refused" or "running" or "failed" ? new OutsideException($"executor.{code}", Cut(message)) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}
