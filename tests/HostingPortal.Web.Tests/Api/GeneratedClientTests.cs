using System.Diagnostics;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Nodes;
using HostingPortal.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>What a stranger's generator makes of <c>/openapi/v1.json</c> compiles, and walks the main job in a program of its own.</summary>
[Collection(PortalCollection.Name)]
public sealed class GeneratedClientTests(PortalHost host)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><NoWarn>$(NoWarn);CS8600;CS8602;CS8603;CS8618;CS8625</NoWarn></PropertyGroup>
        </Project>
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_GeneratedFromTheDocument_WalksTheMainJob()
    {
        var folder = Directory.CreateTempSubdirectory("hp-client-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Client.cs"), await GenerateAsync(), Ct);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Api", "Client", "Walk.cs"), Path.Combine(folder.FullName, "Walk.cs"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "walk.csproj"), Project, Ct);
            await RunAsync(folder, "build", "-v", "q", "--nologo", "-o", "out", "--disable-build-servers");

            var word = "gen" + Guid.NewGuid().ToString("n")[..8];
            var walk = RunAsync(folder, "out/walk.dll", host.Address.ToString(), await TokenAsync(word), word);
            await MakeReadyAsync($"web-{word}", walk);
            Assert.Equal(
                [$"me Person {word}@staff.example", "client once True", "node", $"site www.{word}.example in run of kind Converge, Queued", "found 1", "refused 422 names", "canceled Canceled"],
                (await walk).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.StartsWith("node ", StringComparison.Ordinal) ? "node" : l));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> GenerateAsync()
    {
        using var http = await host.ClientAsync(null);
        var document = await OpenApiDocument.FromJsonAsync(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct), Ct);
        var settings = new CSharpClientGeneratorSettings { ClassName = "PortalClient", GenerateOptionalParameters = true, OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator() };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private async Task<string> TokenAsync(string word)
    {
        var admin = await Tenant.CreateUserAsync(host, $"{word}@staff.example", PortalRole.Admin, null, Ct);
        using var client = await host.ClientAsync(admin);
        return client.DefaultRequestHeaders.Authorization!.Parameter!;
    }

    /// <summary>Nothing works on runs here: as soon as the node is ordered it is said to be ready.</summary>
    private async Task MakeReadyAsync(string name, Task walk)
    {
        await using var db = host.Database();
        while (!walk.IsCompleted && await db.Nodes.Where(n => n.Name == name).ExecuteUpdateAsync(n => n.SetProperty(x => x.State, NodeState.Ready), Ct) == 0)
        {
            await Task.Delay(100, Ct);
        }
    }

    /// <returns>What <c>dotnet</c> wrote; a failure carries it.</returns>
    private static async Task<string> RunAsync(DirectoryInfo folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}\n{await errors}");
        return output;
    }
}
