using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace HostingPortal.Infrastructure.Live;

internal sealed class RedisOptionsCheck : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (options.Connection.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            return ConfigurationOptions.Parse(options.Connection).EndPoints.Count > 0 && options.Channel.Length > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Redis:Connection needs a host, like 'redis:6379', and Redis:Channel a name.");
        }
        catch (ArgumentException)
        {
            // What was given may hold a password: it is not repeated.
            return ValidateOptionsResult.Fail("Redis:Connection is not a text like 'redis:6379,password=…'.");
        }
    }
}
