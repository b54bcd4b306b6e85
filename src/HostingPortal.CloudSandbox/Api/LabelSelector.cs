using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>A parsed label selector, e.g. <c>env in (prod,stage),!legacy,app!=shop</c>; a comma means "and".</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _terms = [];

    /// <summary>Null when the text is no selector.</summary>
    public static LabelSelector? Parse(string text)
    {
        var selector = new LabelSelector();
        return SplitTerms(text).All(term => selector.TryAdd(term.Trim())) ? selector : null;
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _terms.TrueForAll(term => term(labels));

    private bool TryAdd(string term)
    {
        if (SetTerm().Match(term) is { Success: true } set)
        {
            var key = set.Groups["key"].Value;
            var values = set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
            var wanted = set.Groups["op"].Value == "in";
            return Add(key, values, labels => (labels.TryGetValue(key, out var value) && values.Contains(value)) == wanted);
        }

        if (EqualTerm().Match(term) is { Success: true } equal)
        {
            var (key, expected) = (equal.Groups["key"].Value, equal.Groups["value"].Value);
            return equal.Groups["op"].Value == "!="
                ? Add(key, [expected], labels => !labels.TryGetValue(key, out var value) || value != expected)
                : Add(key, [expected], labels => labels.TryGetValue(key, out var value) && value == expected);
        }

        var negated = term.StartsWith('!');
        var name = negated ? term[1..].Trim() : term;
        return Add(name, [], labels => labels.ContainsKey(name) != negated);
    }

    private bool Add(string key, IEnumerable<string> values, Func<IReadOnlyDictionary<string, string>, bool> term)
    {
        _terms.Add(term);
        return LabelRules.IsKey(key) && values.All(LabelRules.IsValue);
    }

    private static IEnumerable<string> SplitTerms(string text) => TopLevelComma().Split(text);

    [GeneratedRegex(@"^(?<key>\S+)\s+(?<op>in|notin)\s*\((?<values>[^()]*)\)$")]
    private static partial Regex SetTerm();

    [GeneratedRegex(@"^(?<key>[^=!\s]+)\s*(?<op>==|=|!=)\s*(?<value>[^=!\s]*)$")]
    private static partial Regex EqualTerm();

    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex TopLevelComma();
}
