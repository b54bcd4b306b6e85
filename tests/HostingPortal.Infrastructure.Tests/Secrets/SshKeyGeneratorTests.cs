using HostingPortal.Infrastructure.Secrets;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Secrets;

public sealed class SshKeyGeneratorTests
{
    [Fact]
    public async Task CreateSshKey_Called_GivesAPair()
    {
        var pair = await new SshKeyGenerator().CreateSshKeyAsync("p-01", TestContext.Current.CancellationToken);
        Assert.Matches(@"\Assh-ed25519 [A-Za-z0-9+/=]+ p-01\z", pair.PublicKey);
        Assert.StartsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n", pair.PrivateKey.Reveal(), StringComparison.Ordinal);
    }
}
