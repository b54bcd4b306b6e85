using System.Text.RegularExpressions;

namespace HostingPortal.Domain;

/// <summary>Names of projects and nodes: lower-case letters, digits and hyphens, starting with a letter, 2 to 40 characters.</summary>
public static partial class Slug
{
    public const int MaxLength = 40;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,38}[a-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    public static bool IsSlug(string? text) => text is not null && Pattern().IsMatch(text) && !text.Contains("--", StringComparison.Ordinal);
}
