using System.Text.RegularExpressions;
using System.Xml.Linq;
using HostingPortal.Architecture.Tests.Support;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Every refusal and every reason code is a whole sentence, in English and in German.</summary>
public sealed partial class SentenceTests
{
    private const string Folder = "src/HostingPortal.Web/Resources";

    [Fact]
    public void Refusals_OfTheDomain_AreSentencesInBothLanguages()
    {
        var codes = Sources().SelectMany(s => Refusal().Matches(s).Select(m => m.Groups[1].Value)).Where(c => !c.EndsWith('.')).Distinct().ToList();
        Assert.True(codes.Count > 30, "The pattern finds the refusals of the domain no more.");
        AssertSentences(codes);
    }

    [Fact]
    public void Reasons_OfTheDomain_AreSentencesInBothLanguages()
    {
        var codes = Sources().SelectMany(s => Reason().Matches(s).Select(m => "Reason." + m.Groups[1].Value)).Distinct().ToList();
        Assert.True(codes.Count > 8, "The pattern finds the reasons of the domain no more.");
        AssertSentences(codes);
    }

    [Fact]
    public void Audit_EveryActionThatIsWritten_CanBeFiltered()
    {
        var writers = Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.razor")).Select(Repository.Read)
            .Where(s => s.Contains(".Audit(", StringComparison.Ordinal) || s.Contains("Log.WriteAsync(", StringComparison.Ordinal));
        var written = writers.SelectMany(s => Action().Matches(s).Select(m => m.Groups[1].Value)).Distinct().Except(["hetzner"]).ToList();
        Assert.True(written.Count > 15, "The pattern finds the actions no more.");
        var filters = Repository.Read("src/HostingPortal.Web/Components/Audit/AuditFilters.razor");
        Assert.DoesNotContain(written, w => !filters.Contains($"\"{w}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Languages_OfEachBook_HaveTheSameKeysAndPlaceholders()
    {
        foreach (var english in Books(german: false))
        {
            var first = Read(english);
            var second = Read(english.Replace(".resx", ".de.resx", StringComparison.Ordinal));
            Assert.Equal(first.Keys.Order(), second.Keys.Order());
            Assert.All(first, e => Assert.Equal(Placeholders(e.Value), Placeholders(second[e.Key])));
        }
    }

    private static void AssertSentences(IReadOnlyCollection<string> codes)
    {
        foreach (var german in new[] { false, true })
        {
            var books = Books(german);
            if (books.Count > 0)
            {
                var known = books.SelectMany(b => Read(b).Keys).ToHashSet();
                Assert.Empty(codes.Except(known));
            }
        }
    }

    private static IEnumerable<string> Sources() => Repository.Files("src/HostingPortal.Domain", "*.cs").Select(Repository.Read);

    private static List<string> Books(bool german) =>
        Directory.Exists(Path.Combine(Repository.Root, Folder))
            ? Repository.Files(Folder, "*.resx").Where(f => f.EndsWith(".de.resx", StringComparison.Ordinal) == german).ToList()
            : [];

    private static Dictionary<string, string> Read(string book) =>
        XDocument.Load(Path.Combine(Repository.Root, book)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<string> Placeholders(string sentence) => Placeholder().Matches(sentence).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex("""RuleViolationException\(\s*"([A-Za-z.]+)["]""")]
    private static partial Regex Refusal();

    /// <summary>E.g. <c>"site.create"</c>; Hetzner's codes have the same form.</summary>
    [GeneratedRegex("""["]([a-z]+(?:-[a-z]+)*)\.[a-z]+(?:-[a-z]+)*["]""")]
    private static partial Regex Action();

    /// <summary>E.g. <c>"run.task-failed"</c> as an outcome's or state's reason.</summary>
    [GeneratedRegex("""(?:RunState\.\w+, |SiteState\.\w+, |State, |NodeState\.NeedsDecision, |OutsideException\()"((?:run|node|site)\.[a-z-]+)["]""")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\{[a-z]\w*\}")]
    private static partial Regex Placeholder();
}
