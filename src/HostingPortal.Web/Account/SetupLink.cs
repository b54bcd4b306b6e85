using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Account;

/// <summary>
/// The link that creates the first admin, once. Every instance of the portal takes the link of every other, whichever a balancer chose; whoever can read the console or the data
/// folder may use it.
/// </summary>
internal sealed class SetupLink(IOptions<PortalOptions> options, IConfiguration settings, IDataProtectionProvider protection)
{
    private const string Content = "first admin";
    private readonly IDataProtector protector = protection.CreateProtector("HostingPortal.SetupLink");
    private string? code;

    public string Url => $"{options.Value.BaseUrl.TrimEnd('/')}/setup?code={code ??= protector.Protect(Content)}";

    public string File => Path.Combine(Path.GetFullPath(settings["Data:Folder"] ?? "data"), "setup-link.txt");

    public bool Fits(string? given)
    {
        try
        {
            return given is not null && protector.Unprotect(given) == Content;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

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
