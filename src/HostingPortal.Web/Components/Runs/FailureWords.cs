using System.Text.RegularExpressions;

namespace HostingPortal.Web.Components.Runs;

/// <summary>
/// Recognises known failures in a task's output, e.g. <c>E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2214 (unattended-upgr)</c>,
/// and names the resource with the plain sentence.
/// </summary>
public static partial class FailureWords
{
    private static readonly (Regex Pattern, string Key)[] Known =
    [
        (HostKey(), "Reason.task.host-key"),
        (PackageLock(), "Reason.task.package-lock"),
        (DiskFull(), "Reason.task.disk-full"),
        (OutOfMemory(), "Reason.task.memory"),
        (Certificate(), "Reason.task.certificate"),
        (Dns(), "Reason.task.dns"),
        (Mirror(), "Reason.task.mirror"),
        (Syntax(), "Reason.task.syntax"),
        (TimedOut(), "Reason.task.timeout"),
        (Permission(), "Reason.task.permission"),
    ];

    /// <param name="status">Word of the result, e.g. <c>unreachable</c>.</param>
    /// <param name="output">Message, output and errors of the task.</param>
    /// <returns>A resource key whose sentence has the placeholder <c>{node}</c>.</returns>
    public static string KeyFor(string status, string output)
    {
        foreach (var (pattern, key) in Known)
        {
            if (pattern.IsMatch(output))
            {
                return key;
            }
        }

        return status == "unreachable" ? "Reason.task.unreachable" : "Reason.task.other";
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"could not get lock|unable to acquire the dpkg|dpkg frontend lock|unable to lock (directory|the administration)", Options)]
    private static partial Regex PackageLock();

    [GeneratedRegex(@"no space left on device|not enough free space|disk quota exceeded", Options)]
    private static partial Regex DiskFull();

    [GeneratedRegex(@"host key verification failed|remote host identification has changed|offending .* key in", Options)]
    private static partial Regex HostKey();

    [GeneratedRegex(@"cannot allocate memory|out of memory|oom-kill|memoryerror", Options)]
    private static partial Regex OutOfMemory();

    [GeneratedRegex(@"urn:ietf:params:acme:error|acme: error|could not obtain certificates", Options)]
    private static partial Regex Certificate();

    [GeneratedRegex(@"temporary failure (in name resolution|resolving)|could not resolve|name or service not known|no such host", Options)]
    private static partial Regex Dns();

    [GeneratedRegex(@"failed to fetch http|unable to locate package|failed to update apt cache|hash sum mismatch", Options)]
    private static partial Regex Mirror();

    [GeneratedRegex(@"nginx: \[emerg\]|syntax is not ok|configuration file .* test failed|failed to validate|parse error|syntax error", Options)]
    private static partial Regex Syntax();

    [GeneratedRegex(@"timed out|timeout when waiting|timeout exceeded|deadline exceeded", Options)]
    private static partial Regex TimedOut();

    [GeneratedRegex(@"permission denied|operation not permitted|missing sudo password|access denied", Options)]
    private static partial Regex Permission();
}
