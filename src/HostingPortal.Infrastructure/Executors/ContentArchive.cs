using System.Formats.Tar;
using System.IO.Compression;
using HostingPortal.Infrastructure.Content;

namespace HostingPortal.Infrastructure.Executors;

internal static class ContentArchive
{
    /// <summary>The content as tar.gz, with owners and times left out.</summary>
    public static async Task<byte[]> PackAsync(AnsibleContent content, CancellationToken ct)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var file in content.Files())
            {
                var path = Path.Combine(content.Folder, file);
                await using var data = File.OpenRead(path);
                var executable = File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);
                await tar.WriteEntryAsync(
                    new UstarTarEntry(TarEntryType.RegularFile, $"./{file}") { DataStream = data, Mode = (UnixFileMode)(executable ? 0b111_101_101 : 0b110_100_100) },
                    ct);
            }
        }

        return packed.ToArray();
    }
}
