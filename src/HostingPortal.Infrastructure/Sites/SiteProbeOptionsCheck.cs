using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Sites;

internal sealed class SiteProbeOptionsCheck : IValidateOptions<SiteProbeOptions>
{
    public ValidateOptionsResult Validate(string? name, SiteProbeOptions options)
    {
        var failures = new List<string>();
        if (options.Timeout <= TimeSpan.Zero)
        {
            failures.Add("SiteProbe:Timeout must be longer than zero.");
        }

        if (options.Port is < 1 or > 65535)
        {
            failures.Add("SiteProbe:Port must be between 1 and 65535.");
        }

        try
        {
            ExtraRoots.Read(options);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            failures.Add($"SiteProbe: the extra root certificates cannot be read: {e.Message}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
