using System.Diagnostics;
using System.Text;
using System.Text.Json;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Tests.Hostile;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using Xunit;

namespace HostingPortal.Domain.Tests.Inventory;

/// <summary>Text from anybody, through our YAML, into Debian's Ansible: it arrives as it was, and never as a template.</summary>
public sealed class RoundTripTests
{
    private const int Count = 10_000;

    /// <summary>Text that is no Unicode cannot be written at all and is refused long before.</summary>
    private static readonly IReadOnlyList<string> Hostile = [.. Corpus.All.Where(text => !text.Any(char.IsSurrogate)), "e\u0301", "\U0001f600", "a\r\nb", " lead", "trail "];

    [Fact]
    public async Task Write_HostileAndRandomText_ArrivesEqualAndNeverAsATemplate()
    {
        var random = new Random(20261122);
        var texts = Hostile.Concat(Enumerable.Range(0, Count).Select(_ => RandomText(random))).ToList();
        var folder = Directory.CreateTempSubdirectory("hp-test-");
        try
        {
            var read = await ReadBackAsync(folder.FullName, texts);
            Assert.Equal(texts.Count, read.GetArrayLength());
            var wrong = texts.Zip(read.EnumerateArray()).Where(p => Read(p.Second) != (p.First, MayBeTemplate(p.First)))
                .Select(p => $"{JsonSerializer.Serialize(p.First)} became {p.Second.GetRawText()}");
            Assert.Empty(wrong.Take(10));
            Assert.False(File.Exists("/tmp/canary"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A template begins with a brace, or in front with a header that changes the braces; only such text needs the tag.</summary>
    private static bool MayBeTemplate(string text) => text.Contains('{') || text.StartsWith('#');

    /// <summary>The text as Ansible holds it, and whether it is marked as unsafe.</summary>
    private static (string? Text, bool Unsafe) Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => (value.GetProperty("__ansible_unsafe").GetString(), true),
        JsonValueKind.String => (value.GetString(), false),
        _ => (null, false),
    };

    /// <summary>Any character that may be written, from all planes; surrogates only in pairs.</summary>
    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(0, 24); length > 0; length--)
        {
            var code = random.Next(4) switch { 0 => random.Next(0x20, 0x7f), 1 => random.Next(0xa0, 0x800), 2 => random.Next(0x800, 0xd800), _ => random.Next(0x10000, 0x110000) };
            text.Append(char.ConvertFromUtf32(code));
        }

        return text.ToString();
    }

    private static async Task<JsonElement> ReadBackAsync(string folder, List<string> texts)
    {
        var writer = Writers.Real;
        Directory.CreateDirectory(Path.Combine(folder, "host_vars/n-1"));
        await File.WriteAllTextAsync(Path.Combine(folder, "hosts.yml"), writer.Write(new VarsMap().Add("all", new VarsMap().Add("hosts", new VarsMap().Add("n-1", new VarsMap())))));
        await File.WriteAllTextAsync(Path.Combine(folder, "host_vars/n-1/texts.yml"), writer.Write(new VarsMap().Add("portal_texts", texts.ToList<object>())));
        var start = new ProcessStartInfo("ansible-inventory") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, WorkingDirectory = folder };
        foreach (var argument in new[] { "-i", "hosts.yml", "--host", "n-1" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var said = await errors;
        Assert.True(process.ExitCode == 0, said);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.GetProperty("portal_texts").Clone();
    }
}
