using HostingPortal.Architecture.Tests.Support;
using Mono.Cecil;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Web → Domain ← Infrastructure; the sandbox stands alone.</summary>
public sealed class ProjectArrowTests
{
    /// <summary>What each assembly may name of the others and of libraries that belong to one side.</summary>
    private static readonly Dictionary<string, string[]> Forbidden = new()
    {
        ["HostingPortal.Domain"] = [
            "HostingPortal.Infrastructure", "HostingPortal.Web", "HostingPortal.CloudSandbox", "MudBlazor", "YamlDotNet", "CliWrap", "Refit", "Pomelo.EntityFrameworkCore.MySql",
            "MySqlConnector", "System.Net.Http"],
        ["HostingPortal.Infrastructure"] = ["HostingPortal.Web", "HostingPortal.CloudSandbox", "MudBlazor"],
        ["HostingPortal.Web"] = ["HostingPortal.CloudSandbox", "YamlDotNet", "CliWrap", "Refit", "MySqlConnector"],
        ["HostingPortal.CloudSandbox"] = ["HostingPortal.Domain", "HostingPortal.Infrastructure", "HostingPortal.Web", "Microsoft.EntityFrameworkCore"],
    };

    [Theory]
    [InlineData("HostingPortal.Domain")]
    [InlineData("HostingPortal.Infrastructure")]
    [InlineData("HostingPortal.Web")]
    [InlineData("HostingPortal.CloudSandbox")]
    public void References_OfEachAssembly_FollowTheArrows(string name)
    {
        var module = Compiled.Product.Single(m => m.Assembly.Name.Name == name);
        Assert.Empty(module.AssemblyReferences.Select(r => r.Name).Intersect(Forbidden[name]));
    }

    [Fact]
    public void ProjectFiles_OfEachProject_NameOnlyAllowedProjects()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["HostingPortal.Domain"] = [],
            ["HostingPortal.Infrastructure"] = ["HostingPortal.Domain"],
            ["HostingPortal.Web"] = ["HostingPortal.Domain", "HostingPortal.Infrastructure"],
            ["HostingPortal.CloudSandbox"] = [],
            ["HostingPortal.Launcher"] = [],
        };
        foreach (var file in Repository.Files("src", "*.csproj"))
        {
            var named = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("ProjectReference")
                .Select(p => Path.GetFileNameWithoutExtension(p.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Empty(named.Except(allowed[Path.GetFileNameWithoutExtension(file)]));
        }
    }

    [Fact]
    public void Domain_Types_NameNoProcessNorHttpClient() => Assert.Empty(Naming(Compiled.Domain, "System.Diagnostics.Process", "System.Net.Http.HttpClient"));

    [Fact]
    public void Naming_ATypeThatUsesAProcess_IsFound() => Assert.Contains(Naming(Compiled.Here, "System.Diagnostics.Process"), n => n.Contains("Violations", StringComparison.Ordinal));

    [Fact]
    public void Infrastructure_Types_AreInternalExceptItsEntry()
    {
        var open = Compiled.Infrastructure.Written().Where(t => t.IsPublic && !t.Namespace.Contains("Migrations", StringComparison.Ordinal)).Select(t => t.FullName);
        Assert.Equal(["HostingPortal.Infrastructure.InfrastructureServices"], open);
    }

    [Fact]
    public void Web_Files_OnlyTheCompositionRootNamesInfrastructure()
    {
        var naming = Repository.Files("src/HostingPortal.Web", "*.cs").Concat(Repository.Files("src/HostingPortal.Web", "*.razor"))
            .Where(f => Repository.Read(f).Contains("HostingPortal.Infrastructure", StringComparison.Ordinal));
        Assert.All(naming, file => Assert.Equal("src/HostingPortal.Web/Program.cs", file));
    }

    [Fact]
    public void Web_Program_IsATableOfContents() => Assert.InRange(Repository.CountLines("src/HostingPortal.Web/Program.cs"), 1, 40);

    private static List<string> Naming(ModuleDefinition module, params string[] names) =>
        module.Written().Where(t => TypeUse.NamesUsedBy(t).Overlaps(names)).Select(t => t.FullName).ToList();
}
