using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Account;

/// <summary>The one-time link that creates the first admin. Its code lives as long as the process; whoever can read the console or the data folder may use it.</summary>
internal sealed class SetupLink(IOptions<PortalOptions> options, IConfiguration settings)
{
    private readonly string code = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Url => $"{options.Value.BaseUrl.TrimEnd('/')}/setup?code={code}";

    public string File => Path.Combine(Path.GetFullPath(settings["Data:Folder"] ?? "data"), "setup-link.txt");

    public bool Fits(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(code));

    /// <summary>Puts the link where only the portal's user reads it.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await using var stream = new FileStream(File, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Url + "\n"), ct);
    }

    public void Remove() => System.IO.File.Delete(File);
}
