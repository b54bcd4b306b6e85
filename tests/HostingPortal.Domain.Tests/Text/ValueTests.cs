using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace HostingPortal.Domain.Tests.Text;

/// <summary>Names, free text and ids: what may reach a shell, a file or a page.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("web")]
    [InlineData("a1")]
    [InlineData("acme-shop-2")]
    public void Slug_AProperOne_Passes(string text) => Assert.True(Slug.IsSlug(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1a")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("Web")]
    [InlineData("we\u212a")]
    [InlineData("web\n")]
    [InlineData("web[1:2000000]")]
    [InlineData("@/etc/shadow")]
    [InlineData("x; touch /tmp/canary")]
    [InlineData("$(id)")]
    [InlineData("a٣")]
    [InlineData("{{x}}")]
    public void Slug_AnythingElse_IsRefused(string? text) => Assert.False(Slug.IsSlug(text));

    [Fact]
    public void Slug_OverFortyCharacters_IsRefused()
    {
        Assert.True(Slug.IsSlug(new string('a', 40)));
        Assert.False(Slug.IsSlug(new string('a', 41)));
    }

    [Theory]
    [InlineData("", "Text.Missing")]
    [InlineData("  ", "Text.Missing")]
    [InlineData("a\0b", "Text.Unprintable")]
    [InlineData("a\u0007", "Text.Unprintable")]
    [InlineData("a\u001b[2Jb", "Text.Unprintable")]
    [InlineData("a\u007f", "Text.Unprintable")]
    [InlineData("a\u0081", "Text.Unprintable")]
    [InlineData("a\ufeffb", "Text.Unprintable")]
    [InlineData("a\u202eb", "Text.Unprintable")]
    [InlineData("a\u200bb", "Text.Unprintable")]
    [InlineData("a\nb", "Text.Unprintable")]
    [InlineData("a\u2028b", "Text.Unprintable")]
    [InlineData("12345678901", "Text.TooLong")]
    public void Line_NoPrintableLine_IsRefused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolationException>(() => Domain.Text.Line(text, 10, "Name")).Code);

    [Fact]
    public void Line_LoneSurrogate_IsRefused() => Assert.Throws<RuleViolationException>(() => Domain.Text.Line("a" + (char)0xd800, 10, "Name"));

    [Theory]
    [InlineData("{{ 7*7 }}")]
    [InlineData("<script>")]
    [InlineData("'; --")]
    [InlineData("yes")]
    [InlineData("日本語")]
    public void Line_OrdinaryOrHostileText_StaysAsItIs(string text) => Assert.Equal(text, Domain.Text.Line(text, 20, "Name"));

    [Fact]
    public void Line_DecomposedText_IsComposed() => Assert.Equal("é", Domain.Text.Line("e\u0301", 1, "Name"));

    [Fact]
    public void Line_AnyText_IsRefusedOrComesBackTrimmedAndComposed() => Check.QuickThrowOnFailure(Prop.ForAll<string?>(text =>
    {
        try
        {
            var line = Domain.Text.Line(text, 50, "Name");
            return line.Length is > 0 and <= 50 && line == line.Trim() && line.IsNormalized(NormalizationForm.FormC) && Domain.Text.IsPrintable(line);
        }
        catch (RuleViolationException)
        {
            return true;
        }
    }));

    [Fact]
    public void Ids_MadeOneAfterAnother_AreSafeUniqueAndSortByTime()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => Ids.New("n", TimeProvider.System)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Ids.IsId(id) && id.Length == 18));
        Assert.Equal(ids.Select(i => i[..11]).Order(StringComparer.Ordinal), ids.Select(i => i[..11]));
    }

    [Theory]
    [InlineData("n-1\n")]
    [InlineData("N-1")]
    [InlineData("../x")]
    [InlineData("")]
    public void IsId_NoId_IsRefused(string text) => Assert.False(Ids.IsId(text));
}
