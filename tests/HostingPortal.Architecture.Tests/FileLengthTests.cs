using HostingPortal.Architecture.Tests.Support;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Small files: each can be read in one go.</summary>
public sealed class FileLengthTests
{
    [Theory]
    [InlineData("src", "*.cs", 300)]
    [InlineData("tests", "*.cs", 300)]
    [InlineData("src", "*.razor", 150)]
    public void Files_OfEachKind_AreShort(string folder, string pattern, int most) => Assert.Empty(Longer(Written(folder, pattern), most));

    [Fact]
    public void RoleTaskFiles_OfTheContent_AreShort() =>
        Assert.Empty(Longer(Repository.Files("ansible-content/roles", "*.yml").Where(f => f.Contains("/tasks/", StringComparison.Ordinal)), 100));

    [Fact]
    public void SourceFiles_OfTheProduct_HaveASmallMedian()
    {
        var lengths = Written("src", "*.cs").Select(Repository.CountLines).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 45);
    }

    [Fact]
    public void Longer_ALimitOfOneLine_FindsFiles() => Assert.NotEmpty(Longer(Written("src", "*.cs"), 1));

    /// <summary>Migrations are written by a tool.</summary>
    private static IEnumerable<string> Written(string folder, string pattern) =>
        Repository.Files(folder, pattern).Where(f => !f.Contains("/Migrations/", StringComparison.Ordinal));

    private static IEnumerable<string> Longer(IEnumerable<string> files, int most) =>
        files.Select(f => (File: f, Lines: Repository.CountLines(f))).Where(f => f.Lines > most).Select(f => $"{f.File}: {f.Lines}");
}
