using System.Security.Cryptography;

namespace HostingPortal.CloudSandbox.Api.Servers;

internal static class Passwords
{
    private const string Letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>20 letters and digits.</summary>
    public static string New() => RandomNumberGenerator.GetString(Letters, 20);
}
