using System.Security.Cryptography.X509Certificates;

namespace HostingPortal.Infrastructure.Sites;

internal static class ExtraRoots
{
    public static X509Certificate2Collection Read(SiteProbeOptions options)
    {
        var roots = new X509Certificate2Collection();
        if (!string.IsNullOrWhiteSpace(options.ExtraRootsFile))
        {
            roots.ImportFromPemFile(options.ExtraRootsFile);
        }

        if (!string.IsNullOrWhiteSpace(options.ExtraRoots))
        {
            roots.ImportFromPem(options.ExtraRoots);
        }

        return roots;
    }
}
