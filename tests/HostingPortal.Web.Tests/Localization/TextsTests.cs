using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HostingPortal.Domain;

namespace HostingPortal.Web.Tests.Localization;

public sealed partial class TextsTests : Pages
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static IEnumerable<string> Books =>
        Directory.EnumerateFiles(Path.Combine(Root, "src/HostingPortal.Web/Resources"), "*.resx").Select(f => Path.GetFileName(f)!).Where(f => !f.EndsWith(".de.resx", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string path = "") => path;

    private static Dictionary<string, string> Load(string file) =>
        XDocument.Load(Path.Combine(Root, "src/HostingPortal.Web/Resources", file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<string> Sources(string project, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.*", SearchOption.AllDirectories)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void German_EveryEntry_HasTheSamePlaceholders()
    {
        foreach (var book in Books)
        {
            var (english, german) = (Load(book), Load(Path.ChangeExtension(book, ".de.resx")));

            Assert.Equal(english.Keys.Order(), german.Keys.Order());
            Assert.All(english, entry => Assert.Equal(Placeholders(entry.Value), Placeholders(german[entry.Key])));
        }
    }

    /// <summary>One would hide the other.</summary>
    [Fact]
    public void Books_NoKey_StandsInTwoOfThem() =>
        Assert.Empty(Books.SelectMany(Load).GroupBy(e => e.Key).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Pages_EveryKeyTheyName_Exists()
    {
        var english = Books.SelectMany(Load).Select(e => e.Key).ToHashSet();
        var used = Sources("HostingPortal.Web", ".razor", ".cs").SelectMany(f => Used().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();

        Assert.DoesNotContain(used, key => !english.Contains(key) && !english.Contains(key + ".One"));
    }

    [Fact]
    public void Domain_EveryRefusal_HasASentence()
    {
        var english = Books.SelectMany(Load).Select(e => e.Key).ToHashSet();
        var codes = Sources("HostingPortal.Domain", ".cs").SelectMany(f => Refusals().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();

        Assert.NotEmpty(codes);
        Assert.DoesNotContain(codes, code => !code.EndsWith('.') && !english.Contains(code));
    }

    [Fact]
    public void Of_Refusal_FillsItsValues() =>
        Assert.Equal("At most 80 characters.", T.Of(new RuleViolationException("Text.TooLong", "Name", ("max", 80))));

    [Fact]
    public void Of_UnknownCode_NamesIt() => Assert.Contains("Never.Heard", T.Of(new RuleViolationException("Never.Heard")), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "1 entry")]
    [InlineData(2, "2 entries")]
    [InlineData(0, "0 entries")]
    public void Plural_Count_PicksTheEntry(int count, string sentence) => Assert.Equal(sentence, T.Plural("List.Count", count));

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""T(?:\.Plural\(|\[)"([A-Za-z][\w.-]*[\w])"[\],)]""")]
    private static partial Regex Used();

    [GeneratedRegex("""new RuleViolationException\(\s*"([A-Za-z.]+)""")]
    private static partial Regex Refusals();
}
