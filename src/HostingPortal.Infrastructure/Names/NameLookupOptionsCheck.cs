using System.Net;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Names;

internal sealed class NameLookupOptionsCheck : IValidateOptions<NameLookupOptions>
{
    public ValidateOptionsResult Validate(string? name, NameLookupOptions options)
    {
        var failures = options.Resolvers.Where(r => !IPEndPoint.TryParse(r, out _))
            .Select(r => $"Names:Resolvers: '{r}' must be an IP address, with a port if it is not 53.")
            .ToList();
        if (options.Timeout <= TimeSpan.Zero)
        {
            failures.Add("Names:Timeout must be longer than zero.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
