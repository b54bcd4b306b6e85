using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner;

internal sealed class HetznerOptionsCheck : IValidateOptions<HetznerOptions>
{
    public ValidateOptionsResult Validate(string? name, HetznerOptions options)
    {
        var failures = new List<string>();
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint)
            || !(endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback)))
        {
            failures.Add("Hetzner:Endpoint must be an https address (http only for this machine), e.g. https://api.hetzner.cloud/v1.");
        }

        if (options.MaxTries is < 1 or > 20)
        {
            failures.Add("Hetzner:MaxTries must be between 1 and 20.");
        }

        foreach (var (setting, value) in new[]
        {
            (nameof(options.TryTimeout), options.TryTimeout),
            (nameof(options.RetryPause), options.RetryPause),
            (nameof(options.PollPause), options.PollPause),
            (nameof(options.ActionTimeout), options.ActionTimeout),
        })
        {
            if (value <= TimeSpan.Zero)
            {
                failures.Add($"Hetzner:{setting} must be longer than zero.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
