using System.Text.RegularExpressions;
using HostingPortal.Architecture.Tests.Support;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Pages draw and call services: they reach neither the database nor the outside.</summary>
public sealed partial class ComponentTests
{
    [Fact]
    public void Components_Sources_NameNoDatabaseNorOutside()
    {
        var folder = Path.Combine(Repository.Root, "src/HostingPortal.Web/Components");
        var files = Directory.Exists(folder)
            ? Repository.Files("src/HostingPortal.Web/Components", "*.razor").Concat(Repository.Files("src/HostingPortal.Web/Components", "*.cs"))
            : [];
        Assert.Empty(files.SelectMany(f => Outside().Matches(Repository.Read(f)).Select(m => $"{f}: {m.Value}")));
    }

    [Theory]
    [InlineData("@using Microsoft.EntityFrameworkCore")]
    [InlineData("@inject HttpClient Http")]
    [InlineData("@inject IHttpClientFactory Clients")]
    [InlineData("private readonly IDbContextFactory<PortalDbContext> contexts;")]
    [InlineData("Process.Start(\"id\")")]
    [InlineData("builder.AddMarkupContent(1, text);")]
    [InlineData("@((MarkupString)Text)")]
    public void Pattern_AViolation_IsFound(string line) => Assert.Matches(Outside(), line);

    [Theory]
    [InlineData("var title = L[\"Process\"];")]
    [InlineData("<ProcessingBar />")]
    public void Pattern_AnInnocentLine_IsNot(string line) => Assert.DoesNotMatch(Outside(), line);

    [GeneratedRegex(@"\b(EntityFrameworkCore|PortalDbContext|IDbContextFactory|I?HttpClient(Factory)?|Process\.(Start|GetProcess\w*)|ProcessStartInfo|System\.Diagnostics\.Process|AddMarkupContent|MarkupString)\b")]
    private static partial Regex Outside();
}
