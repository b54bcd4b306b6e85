using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Faults;

/// <summary>
/// Matches the path of a call without <c>/v1</c>: a glob (<c>/servers/*</c>, where <c>*</c> stays within a segment and <c>**</c> does not)
/// or, starting with <c>^</c>, a regular expression.
/// </summary>
internal sealed class FaultPath
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Regex _regex;

    public FaultPath(string pattern)
    {
        Pattern = pattern;
        _regex = new Regex(pattern.StartsWith('^') ? pattern : FromGlob(pattern), RegexOptions.CultureInvariant, Patience);
    }

    public string Pattern { get; }

    public bool Matches(string path) => _regex.IsMatch(path);

    private static string FromGlob(string glob)
    {
        var bare = glob.StartsWith("/v1/", StringComparison.Ordinal) ? glob["/v1".Length..] : glob;
        var any = Regex.Escape(bare).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return $"^{any}$";
    }
}
