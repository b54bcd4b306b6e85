using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace HostingPortal.CloudSandbox.Machines.Images;

/// <summary>
/// Root file systems that servers' disks lie over, made once per machine and recipe and shared by every sandbox. The name carries the
/// hash of the recipe: a changed recipe makes a new image and leaves the old one to the servers on it.
/// </summary>
internal sealed class BaseImages(LabOptions options, AptSources sources, ILogger<BaseImages> logger)
{
    public const string Default = "debian-13";

    private static readonly Dictionary<string, string> Suites = new() { [Default] = "trixie", ["debian-12"] = "bookworm" };

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _images = [];

    /// <summary>Folder of the image, built first where it is missing (a minute or two).</summary>
    /// <param name="name"><c>debian-13</c> or <c>debian-12</c>.</param>
    /// <param name="ct">Stops waiting; a build that has begun goes on for the others.</param>
    /// <exception cref="LabException">Unknown name, or the build failed; carries its last lines.</exception>
    public async Task<string> EnsureAsync(string name, CancellationToken ct)
    {
        var image = _images.GetOrAdd(name, _ => new Lazy<Task<string>>(() => BuildAsync(name)));
        try
        {
            return await image.Value.WaitAsync(ct);
        }
        catch (LabException)
        {
            _images.TryRemove(KeyValuePair.Create(name, image));
            throw;
        }
    }

    private async Task<string> BuildAsync(string name)
    {
        var suite = Suites.GetValueOrDefault(name)
            ?? throw new LabException($"There is no image {name} for lab servers, only {string.Join(" and ", Suites.Keys)}.");
        var recipe = await RecipeAsync();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{recipe}\n{suite}\n{sources.Mirror}\n{sources.SecurityMirror}"));
        var folder = Directory.CreateDirectory(Path.Combine(options.CacheDirectory, "images")).FullName;
        var target = Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(hash)[..12]}");
        if (!Directory.Exists(target))
        {
            logger.LogInformation("Making the image {Image}; the first time on a machine this takes a minute or two", name);
            var (log, script) = (target + ".log", $"{target}.{Environment.ProcessId}.sh");
            await File.WriteAllTextAsync(script, recipe);
            // The lock is held by the build's own processes: it outlives a killed sandbox, and the next one waits for the same image.
            var result = await Shell.TryAsync([
                "setsid", "flock", Path.Combine(folder, $".{name}.lock"), "unshare", "--mount", "--propagation", "private",
                "sh", "-c", "exec sh \"$@\" >\"$0\" 2>&1", log, script, target, suite, sources.Mirror, sources.SecurityMirror,
            ], CancellationToken.None);
            if (result.ExitCode != 0 || !Directory.Exists(target))
            {
                var lastLines = (await File.ReadAllLinesAsync(log)).TakeLast(5);
                throw new LabException($"The image {name} could not be made ({log}): {string.Join(" | ", lastLines)}");
            }
        }

        return target;
    }

    private static async Task<string> RecipeAsync()
    {
        await using var stream = typeof(BaseImages).Assembly.GetManifestResourceStream("build-image.sh")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
