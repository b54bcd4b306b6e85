using CliWrap;

namespace HostingPortal.Launcher;

/// <summary>Ed25519 key pairs made by <c>ssh-keygen</c>.</summary>
internal static class SshKeys
{
    /// <summary>Writes <paramref name="file"/> and <c>file.pub</c>, unless they are there; returns the public line without its comment.</summary>
    public static async Task<string> EnsureAsync(string file, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await Cli.Wrap("ssh-keygen").WithArguments(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]).ExecuteAsync(ct);
        }

        return string.Join(' ', (await File.ReadAllTextAsync(file + ".pub", ct)).Trim().Split(' ').Take(2));
    }
}
