using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HostingPortal.Domain.Inventory;
using HostingPortal.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HostingPortal.Domain.Tests.Inventory;

/// <summary>
/// Whole inventories, byte by byte, as they are committed; vault files here in clear. <c>UPDATE_GOLDEN=1</c> writes the files anew: look at the difference
/// before you commit it.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases => ["direct", "suspended", "managed", "master"];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Render_AProject_IsTheGoldenInventory(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        var files = Files(Render(name));
        var folder = Path.Combine(Here(), "golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await UpdateAsync(folder, files, ct);
        }

        var golden = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllText);
        Assert.Equal(golden.Keys.Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(golden, file => Assert.Equal(file.Value, files[file.Key]));
        Assert.Equal(files, Files(Render(name)));
    }

    /// <summary>What git holds is what Ansible reads: every node with its address and its files.</summary>
    [Fact]
    public async Task Inventory_ReadByAnsible_HasEveryNodeAndSite()
    {
        var start = new ProcessStartInfo("ansible-inventory", ["-i", Path.Combine(Here(), "golden", "direct", "hosts.yml"), "--list"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var read = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        var hosts = read.RootElement.GetProperty("_meta").GetProperty("hostvars");
        Assert.Equal(["n-0001", "n-0002"], hosts.EnumerateObject().Select(h => h.Name).Order());
        Assert.Equal("192.0.2.1", hosts.GetProperty("n-0001").GetProperty("ansible_host").GetString());
        Assert.Equal(["s-0003", "s-0004"], hosts.GetProperty("n-0002").GetProperty("portal_sites").EnumerateArray().Select(s => s.GetProperty("id").GetString()));
    }

    private static InventoryTree Render(string name)
    {
        var services = new ServiceCollection().AddDomain().AddSingleton(Writers.Real).BuildServiceProvider();
        return services.GetRequiredService<InventoryRenderer>().Render(name switch
        {
            "direct" => Sample.Direct(),
            "suspended" => Sample.Direct(serving: false),
            "managed" => Sample.Managed(),
            _ => Sample.OfMaster(),
        });
    }

    private static Dictionary<string, string> Files(InventoryTree tree) =>
        tree.Files.Concat(tree.VaultFiles.Select(v => KeyValuePair.Create(v.Key, v.Value.Reveal()))).ToDictionary(f => f.Key, f => f.Value);

    private static async Task UpdateAsync(string folder, Dictionary<string, string> files, CancellationToken ct)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, ct);
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
