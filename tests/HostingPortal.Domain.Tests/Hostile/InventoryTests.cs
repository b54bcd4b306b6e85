using System.Diagnostics;
using System.Text;
using System.Text.Json;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Tests.Inventory;
using HostingPortal.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HostingPortal.Domain.Tests.Hostile;

/// <summary>Whatever text the desired state holds, Debian's Ansible reads it as text, below keys that are ours.</summary>
public sealed class InventoryTests
{
    private static readonly string[] OurKeys = ["ansible_host", "ansible_user", "ansible_become", "ansible_python_interpreter"];

    public static TheoryData<string, string[]> Projects => new()
    {
        { "direct", ["Node.Name", "Node.PublicIpv4", "ClaimedName.Name", "Site.PhpVersion", "Site.UnixUser", "AcmeSettings.Email", "AcmeSettings.CaPem", "DesiredNode.DatabasePassword", "DesiredNode.SshSources"] },
        { "managed", ["DesiredNode.LoginKeys", "ClaimedName.Name"] },
        { "master", ["Node.Name", "DesiredNode.LoginKeys", "DesiredNode.BrokerPassword"] },
    };

    /// <param name="name">The sample.</param>
    /// <param name="arriving">Fields that have to be among what Ansible reads, so that nothing here passes by being left out.</param>
    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Render_HostileTextInEveryField_ArrivesUnsafeBelowOurKeys(string name, string[] arriving)
    {
        var project = name switch { "direct" => Sample.Direct(), "managed" => Sample.Managed(), _ => Sample.OfMaster() };
        var painted = Paint.Over(project);
        var folder = Directory.CreateTempSubdirectory("hp-test-");
        try
        {
            var services = new ServiceCollection().AddDomain().AddSingleton(Writers.Real).BuildServiceProvider();
            await WriteAsync(folder.FullName, services.GetRequiredService<InventoryRenderer>().Render(project));
            using var read = await ReadAsync(folder.FullName);
            var hosts = read.RootElement.GetProperty("_meta").GetProperty("hostvars").EnumerateObject().ToList();
            Assert.Equal(project.Nodes.Select(n => n.Node.Id).Order(), hosts.Select(h => h.Name).Order());
            Assert.All(hosts.SelectMany(h => h.Value.EnumerateObject()), v => Assert.True(v.Name.StartsWith("portal_", StringComparison.Ordinal) || OurKeys.Contains(v.Name), v.Name));
            var texts = hosts.SelectMany(h => Texts(h.Value)).Where(t => t.Text.Contains("{{", StringComparison.Ordinal)).ToList();
            Assert.All(texts, t => Assert.True(t.Unsafe, t.Text));
            Assert.All(texts, t => Assert.Contains(painted, field => t.Text == Paint.Text(field)));
            Assert.All(hosts, h => Assert.Equal("", h.Value.GetProperty("ansible_host").GetString()));
            Assert.Equal([], arriving.Where(field => texts.All(t => t.Text != Paint.Text(field))));
            Assert.False(File.Exists("/tmp/canary"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(string folder, InventoryTree tree)
    {
        foreach (var (path, text) in tree.Files.Concat(tree.VaultFiles.Select(v => KeyValuePair.Create(v.Key, v.Value.Reveal()))))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }
    }

    private static async Task<JsonDocument> ReadAsync(string folder)
    {
        var start = new ProcessStartInfo("ansible-inventory", ["-i", "hosts.yml", "--list"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, WorkingDirectory = folder, Environment = { ["LC_ALL"] = "C.UTF-8", ["HOME"] = folder },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var said = await errors;
        Assert.True(process.ExitCode == 0, said);
        return JsonDocument.Parse(output);
    }

    private static IEnumerable<(string Text, bool Unsafe)> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("__ansible_unsafe", out var text) => [(text.GetString()!, true)],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [(value.GetString()!, false)],
        _ => [],
    };
}
