using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>Ed25519 pairs by <c>ssh-keygen</c>, in a private folder that is gone afterwards.</summary>
internal sealed class SshKeyGenerator : IKeyGenerator
{
    public async Task<SshKeyPair> CreateSshKeyAsync(string comment, CancellationToken ct)
    {
        using var folder = new PrivateFolder();
        var file = folder.File("key");
        await Cli.Wrap("ssh-keygen")
            .WithArguments(["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file])
            .ExecuteBufferedAsync(ct);
        var publicKey = await File.ReadAllTextAsync($"{file}.pub", ct);
        var privateKey = await File.ReadAllTextAsync(file, ct);
        return new SshKeyPair(publicKey.Trim(), new Secret(privateKey));
    }
}
