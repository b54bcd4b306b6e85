using System.Security.Cryptography;
using System.Text;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>Where a private MariaDB keeps its files. The socket moves to a short folder when its path would not fit a unix address.</summary>
internal sealed class PrivateMariaDbPaths(string root)
{
    private const int LongestSocketPath = 100;

    public string Root { get; } = Path.GetFullPath(root);

    public string Tables => Path.Combine(Root, "tables");

    public string Log => Path.Combine(Root, "mariadb.log");

    public string ProcessId => Path.Combine(Root, "mariadb.pid");

    public string SocketFolder => Path.Combine(Root, "run") is { Length: < LongestSocketPath - 10 } folder
        ? folder
        : Path.Combine(Path.GetTempPath(), $"hp-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16]}");

    public string Socket => Path.Combine(SocketFolder, "db.sock");
}
