using HostingPortal.Architecture.Tests.Support;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Clients ← Accounts ← Projects ← Nodes ← {Sites, Certificates…}; the machinery of runs knows no feature.</summary>
public sealed class FeatureGraphTests
{
    private static readonly string[] Machinery = ["Security", "Persistence", "Changes", "Audit", "Runs", "Inventory", "Notifications"];

    /// <summary>What a folder may name, besides the machinery for features. Each line names only folders above it.</summary>
    private static readonly (string Folder, string[] Knows)[] Layers =
    [
        ("Security", []),
        ("Persistence", []),
        ("Runs", ["Security", "Persistence", "Changes", "Audit"]),
        ("Changes", ["Security", "Persistence"]),
        ("Audit", ["Security", "Persistence", "Changes"]),
        ("Notifications", ["Security", "Persistence", "Changes", "Audit", "Runs"]),
        ("Inventory", ["Security", "Persistence", "Changes", "Runs"]),
        ("Clients", Machinery),
        ("Accounts", [.. Machinery, "Clients"]),
        ("Names", [.. Machinery, "Clients", "Accounts"]),
        ("Projects", [.. Machinery, "Clients", "Accounts"]),
        ("NodeTemplates", []),
        ("Nodes", [.. Machinery, "Clients", "Accounts", "Projects", "NodeTemplates"]),
        ("Schedules", [.. Machinery, "Projects", "Nodes"]),
        ("Certificates", [.. Machinery, "Clients", "Accounts", "Projects", "NodeTemplates", "Nodes", "Names"]),
        ("Sites", [.. Machinery, "Clients", "Accounts", "Projects", "NodeTemplates", "Nodes", "Names", "Certificates"]),
        ("Dashboard", [.. Machinery, "Clients", "Accounts", "Projects", "NodeTemplates", "Nodes", "Names", "Certificates", "Sites"]),
        ("Search", [.. Machinery, "Clients", "Accounts", "Projects", "NodeTemplates", "Nodes", "Names", "Certificates", "Sites"]),
    ];

    [Fact]
    public void Domain_Folders_NameOnlyWhatTheyMay()
    {
        var knows = Layers.ToDictionary(l => l.Folder, l => l.Knows);
        var wrong = FeatureGraph.Edges(Compiled.Domain)
            .Where(e => !knows[e.From].Contains(e.To) && !AllowedEdges.All.Any(a => (a.Type, a.To) == (e.Type, e.To)))
            .Select(e => $"{e.From} → {e.To}: {e.Type} names {e.Uses}");
        Assert.Empty(wrong);
    }

    /// <summary>An exception nobody needs any more has to go.</summary>
    [Fact]
    public void Exceptions_OfTheTable_AreAllInUse()
    {
        var edges = FeatureGraph.Edges(Compiled.Domain).Select(e => (e.Type, e.To)).ToHashSet();
        Assert.Empty(AllowedEdges.All.Where(a => !edges.Contains((a.Type, a.To))).Select(a => $"{a.Type} → {a.To}"));
    }

    [Fact]
    public void Layers_AsWritten_HaveNoCycle() => Assert.Empty(FeatureGraph.Cycle(Layers.SelectMany(l => l.Knows.Select(k => (l.Folder, k)))));

    [Fact]
    public void Cycle_OfThreeFolders_IsFound() =>
        Assert.Equal(["b", "c", "d", "b"], FeatureGraph.Cycle([("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]));

    [Theory]
    [InlineData("HostingPortal.Domain.Sites.SiteService", "Sites")]
    [InlineData("HostingPortal.Domain.Slug", null)]
    [InlineData("System.String", null)]
    public void Feature_OfAType_IsItsFolder(string type, string? folder) => Assert.Equal(folder, FeatureGraph.Feature(type));
}
