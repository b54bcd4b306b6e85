using System.Text.RegularExpressions;
using HostingPortal.Architecture.Tests.Support;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>What docs/architecture.md names exists: a diagram that lies is worse than none.</summary>
public sealed partial class ArchitectureDocumentTests
{
    private static readonly string Document = Repository.Read("docs/architecture.md");

    [Fact]
    public void Playbooks_TheDocumentNames_AreInTheContent()
    {
        var named = Playbook().Matches(Document).Select(m => m.Value).Distinct().ToList();
        var there = Repository.Files("ansible-content/playbooks", "*.yml").Select(Path.GetFileName);
        Assert.True(named.Count >= 3, "The pattern finds the playbooks no more.");
        Assert.Empty(named.Except(there));
    }

    [Fact]
    public void Tables_TheDocumentNames_AreInTheSchema()
    {
        var named = Document.Split('\n').Where(l => l.StartsWith("| MySQL", StringComparison.Ordinal)).SelectMany(l => Quoted().Matches(l.Split('|')[1])).Select(m => m.Groups[1].Value).ToList();
        var there = Table().Matches(Repository.Read("src/HostingPortal.Infrastructure/Persistence/Migrations/PortalDbContextModelSnapshot.cs")).Select(m => m.Groups[1].Value);
        Assert.True(named.Count >= 10, "The pattern finds the tables no more.");
        Assert.Empty(named.Except(there));
    }

    [Fact]
    public void Units_TheDocumentNames_AreStartedByRoles()
    {
        var named = Unit().Matches(Document).Select(m => m.Value).Distinct().ToList();
        var there = string.Concat(Repository.Files("ansible-content/roles", "main.yml").Select(Repository.Read));
        Assert.True(named.Count >= 6, "The pattern finds the units no more.");
        Assert.All(named, unit => Assert.Contains(unit, there, StringComparison.Ordinal));
    }

    [Fact]
    public void Ports_OfEachRow_StandInTheFileThatDecides()
    {
        var rows = Document.Split('\n').SkipWhile(l => l != "### Ports").Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.Contains("` |", StringComparison.Ordinal)).ToList();
        Assert.True(rows.Count >= 6, "The pattern finds the ports no more.");
        Assert.All(rows, row =>
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            var decides = Repository.Read(cells[5].Trim('`'));
            Assert.All(cells[3].Split(',', StringSplitOptions.TrimEntries), port => Assert.Matches($@"(?<!\d){port}(?!\d)", decides));
        });
    }

    [Fact]
    public void Labels_TheDocumentNames_AreTheOnesTheCodeSets()
    {
        var line = Document.Split('\n').Single(l => l.StartsWith("| Hetzner labels", StringComparison.Ordinal));
        var there = Label().Matches(Repository.Read("src/HostingPortal.Domain/Accounts/CloudModels.cs")).Select(m => m.Groups[1].Value).Order();
        Assert.Equal(there, Quoted().Matches(line).Select(m => m.Groups[1].Value).Order());
    }

    [Fact]
    public void Steps_OfTheSequence_AreThoseOfTheHandlers()
    {
        var named = SequenceStep().Matches(Document).Select(m => m.Groups[1].Value).Concat(["content", "hand-over"]).Distinct();
        var there = string.Concat(Repository.Files("src/HostingPortal.Domain", "*.cs").Select(Repository.Read));
        Assert.All(named, step => Assert.Contains($"StepAsync(\"{step}\"", there, StringComparison.Ordinal));
    }

    [Fact]
    public void Services_AskedInTheSequences_HaveTheMethod()
    {
        var calls = Participant().Matches(Document).Select(m => (Alias: m.Groups[1].Value, Service: m.Groups[2].Value)).Where(p => p.Service.EndsWith("Service", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call =>
        {
            var method = Regex.Match(Document, $@">>{call.Alias}: (\w+Async)\(").Groups[1].Value;
            var type = Compiled.Domain.Types.Single(t => t.Name == call.Service);
            Assert.Contains(type.Methods, m => m.Name == method);
        });
    }

    [GeneratedRegex(@"[a-z]+-[a-z]+\.yml")]
    private static partial Regex Playbook();

    [GeneratedRegex("`([a-z_-]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("ToTable\\(\"([A-Za-z_]+)\"")]
    private static partial Regex Table();

    [GeneratedRegex(@"[a-z-]+\.(service|timer)\b")]
    private static partial Regex Unit();

    [GeneratedRegex("\\[\"(portal-[a-z]+)\"\\]")]
    private static partial Regex Label();

    [GeneratedRegex(@"  W->>[A-Z]: (secrets|access|order|boot|prepare|commit|push|play|record): ")]
    private static partial Regex SequenceStep();

    [GeneratedRegex(@"participant (\w) as (\w+)")]
    private static partial Regex Participant();
}
