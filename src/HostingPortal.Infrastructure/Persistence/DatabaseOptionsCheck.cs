using Microsoft.Extensions.Options;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence;

internal sealed class DatabaseOptionsCheck : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var failures = new List<string>();
        if (options.StartTimeout <= TimeSpan.Zero)
        {
            failures.Add("Database:StartTimeout must be longer than zero.");
        }

        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            CheckConnectionString(options.ConnectionString, failures);
        }
        else if (string.IsNullOrWhiteSpace(options.PrivateUser))
        {
            failures.Add("Database:PrivateUser must name a user for the private database.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckConnectionString(string text, List<string> failures)
    {
        try
        {
            if (string.IsNullOrEmpty(new MySqlConnectionStringBuilder(text).Database))
            {
                failures.Add("Database:ConnectionString must name a database.");
            }
        }
        catch (ArgumentException e)
        {
            failures.Add($"Database:ConnectionString cannot be read: {e.Message}");
        }
    }
}
