using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Security;

/// <summary>
/// Refuses what everybody tries first: a common password, also with digits and signs around it or said twice, runs of one pattern, and the person's own
/// address or name.
/// </summary>
internal sealed class CommonPasswords : IPasswordValidator<PortalUser>
{
    private const int TellingLength = 4;
    private static readonly HashSet<string> Common = Read();

    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password) =>
        Task.FromResult(IsCommon(password ?? "", user) ? IdentityResult.Failed(new IdentityError { Code = "PasswordCommon" }) : IdentityResult.Success);

    internal static bool IsCommon(string password, PortalUser user)
    {
        var lower = password.ToLowerInvariant();
        var core = lower.Trim([.. "0123456789!?.,;:-_+*#$%&@=()/ "]);
        return core.Length < TellingLength || IsKnown(lower) || IsKnown(core) || Repeats(lower)
            || Own(user).Any(own => own.Length >= TellingLength && lower.Replace(own, "", StringComparison.Ordinal).Length < TellingLength * 2);
    }

    private static bool IsKnown(string text) => Common.Contains(text) || (text.Length % 2 == 0 && text[..(text.Length / 2)] == text[(text.Length / 2)..] && Common.Contains(text[..(text.Length / 2)]));

    /// <summary>A short pattern over and over, e.g. <c>abcabcabcabc</c>.</summary>
    private static bool Repeats(string text) =>
        Enumerable.Range(1, 4).Any(n => text.Length >= n * 3 && !text.Where((c, i) => c != text[i % n]).Any());

    private static IEnumerable<string> Own(PortalUser user) =>
        $"{user.Email} {user.Email?.Split('@')[0]} {user.DisplayName}".ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
