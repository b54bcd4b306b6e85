using System.Net;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Webhooks;

internal sealed class WebhookOptionsCheck : IValidateOptions<WebhookOptions>
{
    /// <summary>A delivery has to end before its lease does.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = options.AllowedNetworks.Where(n => !IPNetwork.TryParse(n, out _)).Select(n => $"Webhooks:AllowedNetworks: '{n}' is not a network like 192.0.2.0/24.").ToList();
        if (options.Ports.Any(p => p is < 1 or > 65535))
        {
            failures.Add("Webhooks:Ports must be 1 to 65535.");
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout > Longest)
        {
            failures.Add("Webhooks:Timeout must be longer than zero and at most 30 seconds.");
        }

        if (options.ExtraRootsFile is { Length: > 0 } file && !File.Exists(file))
        {
            failures.Add("Webhooks:ExtraRootsFile does not exist.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
