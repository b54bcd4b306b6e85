using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Images;

/// <summary>Which images a server may get: of its architecture, and with real machines only those that have a system behind them.</summary>
internal sealed class BootableImages(IMachineHost machines)
{
    /// <exception cref="ApiException"><c>unsupported_error</c> or <c>invalid_input</c>.</exception>
    public void RequireUsable(ImageInfo image, ServerTypeInfo type)
    {
        if (machines.IsReal && !image.Boots)
        {
            throw ApiErrors.Unprocessable("unsupported_error", $"image '{image.Name}' does not boot in the sandbox, debian-13 and debian-12 do");
        }

        if (image.Architecture != type.Architecture)
        {
            throw ApiErrors.InvalidInput("image", "image architecture does not fit the server type");
        }
    }
}
