using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Domain.Clients;

internal static class IdentityRefusals
{
    /// <summary>What ASP.NET Identity refuses becomes a refusal of the portal; its codes are resource keys behind <c>User.</c>.</summary>
    public static void Check(IdentityResult result, string field)
    {
        if (!result.Succeeded)
        {
            var code = result.Errors.First().Code;
            throw new RuleViolationException("User." + code, code.StartsWith("Duplicate", StringComparison.Ordinal) ? "Email" : field);
        }
    }
}
