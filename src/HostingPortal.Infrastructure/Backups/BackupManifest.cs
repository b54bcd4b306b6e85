using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace HostingPortal.Infrastructure.Backups;

/// <summary><c>manifest.json</c> of a backup: what it is and what every file in it has to be.</summary>
/// <param name="Schema">The last migration the database had.</param>
/// <param name="Keys">Fingerprints of the key file's lines at that time; a key file that lacks one does not open this backup.</param>
/// <param name="Files">SHA-256 by file name.</param>
/// <param name="Inventories">Head commit by project.</param>
/// <param name="HoldsKey">Whether the key file itself lies in the archive.</param>
internal sealed record BackupManifest(
    int Format,
    DateTimeOffset MadeAt,
    string Version,
    string Instance,
    string Schema,
    IReadOnlyList<string> Keys,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyDictionary<string, string> Inventories,
    bool HoldsKey)
{
    public const string FileName = "manifest.json";
    public const string DumpFile = "database.sql.gz";
    public const string KeyFile = "secrets.key";
    public const int CurrentFormat = 1;

    public static string ProgramVersion => typeof(BackupManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static string BundleFile(string projectId) => $"inventories/{projectId}.bundle";

    public Task WriteAsync(string folder, CancellationToken ct) =>
        File.WriteAllTextAsync(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, JsonSerializerOptions.Web), ct);

    /// <exception cref="BackupException">It is missing, damaged or of a format this portal does not know.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken ct)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllTextAsync(Path.Combine(folder, FileName), ct), JsonSerializerOptions.Web);
            return manifest is { Format: CurrentFormat, Files: not null, Keys: not null, Inventories: not null }
                ? manifest
                : throw new BackupException($"The backup has a format this portal ({ProgramVersion}) does not know.");
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            throw new BackupException("This is no backup of a portal: its manifest is missing or damaged.");
        }
    }

    public static async Task<string> HashAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }
}

/// <summary>A backup or a restore that cannot go on; the message is for the person at the console.</summary>
internal sealed class BackupException(string message) : Exception(message);
