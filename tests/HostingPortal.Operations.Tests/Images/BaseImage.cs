using HostingPortal.CloudSandbox.Machines.Images;
using HostingPortal.CloudSandbox.Machines;
using Microsoft.Extensions.Logging.Abstractions;

namespace HostingPortal.Operations.Tests.Images;

/// <summary>
/// What the Dockerfile builds on, from what this machine has: the sandbox's Debian, this machine's .NET runtime, ICU, and the certificate authorities this machine trusts.
/// The SDK is not copied: the build mounts it.
/// </summary>
internal static class BaseImage
{
    public const string Name = "localhost/base:local";

    public const string DotNet = "/usr/share/dotnet";

    public static async Task MakeAsync(Buildah buildah, CancellationToken ct)
    {
        var images = new BaseImages(new LabOptions(), AptSources.Read(), NullLogger<BaseImages>.Instance);
        var debian = await images.EnsureAsync(BaseImages.Default, ct);
        var (container, root) = await buildah.MountAsync("scratch", ct);
        await Tool.RunAsync(["cp", "-a", $"{debian}/.", root], ct);
        Directory.CreateDirectory($"{root}{DotNet}");
        await Tool.RunAsync(["cp", "-a", $"{DotNet}/dotnet", $"{DotNet}/host", $"{DotNet}/shared", $"{root}{DotNet}"], ct);
        File.CreateSymbolicLink($"{root}/usr/bin/dotnet", $"{DotNet}/dotnet");
        await Tool.RunAsync(["cp", "-L", "/etc/ssl/certs/ca-certificates.crt", $"{root}/etc/ssl/certs/ca-certificates.crt"], ct);
        string[] inside = ["run", "--isolation", "chroot", "--network", "host", container, "--"];
        await buildah.RunAsync([.. inside, "apt-get", "-q", "update"], ct);
        var icu = (await buildah.RunAsync([.. inside, "apt-cache", "search", "--names-only", "^libicu[0-9]+$"], ct)).Split(' ')[0];
        await buildah.RunAsync([.. inside, "apt-get", "install", "-qy", "--no-install-recommends", icu], ct);
        await buildah.RunAsync(["commit", "-q", "--rm", container, Name], ct);
    }
}
