using System.Text.Json;

namespace HostingPortal.Operations.Tests.Images;

/// <summary>What an image says about how it is started.</summary>
internal sealed record ImageConfig(string User, string Folder, IReadOnlyList<string> Environment, IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Volumes, IReadOnlyList<string> HealthCheck)
{
    public static async Task<ImageConfig> ReadAsync(Buildah buildah, string image, CancellationToken ct)
    {
        using var json = JsonDocument.Parse(await buildah.RunAsync(["inspect", "--type", "image", image], ct));
        var config = json.RootElement.GetProperty("Docker").GetProperty("config");
        return new ImageConfig(
            config.GetProperty(nameof(User)).GetString()!,
            config.GetProperty("WorkingDir").GetString()!,
            Texts(config.GetProperty("Env")),
            Texts(config.GetProperty("Entrypoint")),
            config.GetProperty(nameof(Volumes)).EnumerateObject().Select(v => v.Name).ToList(),
            Texts(config.GetProperty("Healthcheck").GetProperty("Test")));
    }

    private static List<string> Texts(JsonElement list) => list.EnumerateArray().Select(t => t.GetString()!).ToList();
}
