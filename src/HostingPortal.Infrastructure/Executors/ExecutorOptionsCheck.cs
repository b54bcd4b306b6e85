using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

internal sealed partial class ExecutorOptionsCheck : IValidateOptions<ExecutorOptions>
{
    private const int LongestKey = 4000;

    public ValidateOptionsResult Validate(string? name, ExecutorOptions options)
    {
        var failures = new List<string>();
        if (!options.InventoryRemote.Contains("{project}", StringComparison.Ordinal))
        {
            failures.Add("Executor:InventoryRemote must contain {project}.");
        }

        if (options.CallTimeout <= TimeSpan.Zero || options.InstallTimeout <= TimeSpan.Zero)
        {
            failures.Add("Executor:CallTimeout and Executor:InstallTimeout must be longer than zero.");
        }

        if (options.IsConfigured)
        {
            CheckConnection(options, failures);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckConnection(ExecutorOptions options, List<string> failures)
    {
        Require(Host().IsMatch(options.Host), "Executor:Host must be a host name or an IP address.", failures);
        Require(options.Port is > 0 and < 65536, "Executor:Port must be between 1 and 65535.", failures);
        Require(User().IsMatch(options.User), "Executor:User must be a Unix user name.", failures);
        Require(
            File.Exists(options.KeyFile) && Path.GetFullPath(options.KeyFile).IndexOfAny(['"', '\n', '%']) < 0,
            "Executor:KeyFile must name an existing private key.",
            failures);
        Require(
            options.HostKey.Length <= LongestKey && HostKey().IsMatch(options.HostKey),
            "Executor:HostKey must be the executor's public host key, e.g. 'ssh-ed25519 AAAA…'; without it no connection is made.",
            failures);

        foreach (var address in options.Addresses)
        {
            Require(IPNetwork.TryParse(address, out _), $"Executor:Addresses: '{address}' is not in CIDR form, e.g. 203.0.113.7/32.", failures);
        }
    }

    private static void Require(bool holds, string failure, List<string> failures)
    {
        if (!holds)
        {
            failures.Add(failure);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9:])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[a-z_][a-z0-9_-]{0,31}\z", RegexOptions.NonBacktracking)]
    private static partial Regex User();

    [GeneratedRegex(@"\A[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}( [ -~]*)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex HostKey();
}
