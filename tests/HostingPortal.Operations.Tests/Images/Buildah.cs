namespace HostingPortal.Operations.Tests.Images;

/// <summary>Builds images without an engine, in a storage of its own that goes with it.</summary>
internal sealed class Buildah : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateDirectory($"/var/tmp/hp-images-{Environment.ProcessId}");

    public Task<string> RunAsync(string[] words, CancellationToken ct) => Tool.RunAsync(
        ["buildah", "--root", $"{folder.FullName}/root", "--runroot", $"{folder.FullName}/run", "--storage-driver", "overlay", .. words], ct);

    /// <summary>A container of the image, mounted.</summary>
    /// <returns>Its name and where its root file system lies.</returns>
    public async Task<(string Name, string Root)> MountAsync(string image, CancellationToken ct)
    {
        var name = (await RunAsync(["from", image], ct)).Trim();
        return (name, (await RunAsync(["mount", name], ct)).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(["unmount", "--all"], CancellationToken.None);
        await RunAsync(["rm", "--all"], CancellationToken.None);
        await RunAsync(["rmi", "--all", "--force"], CancellationToken.None);
        folder.Delete(recursive: true);
    }
}
