using HostingPortal.Domain;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Hetzner;

internal static class AccountToken
{
    /// <summary>The token as a header takes it. One with other characters cannot be Hetzner's and is refused before anything is sent.</summary>
    public static string ForHeader(this Secret token)
    {
        var text = token.Reveal();
        return text.Length is > 0 and <= 256 && text.All(char.IsAsciiLetterOrDigit)
            ? text
            : throw new OutsideException("hetzner.unauthorized", "The token holds other characters than letters and digits.");
    }
}
