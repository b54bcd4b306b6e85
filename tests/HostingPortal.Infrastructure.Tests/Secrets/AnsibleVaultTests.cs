using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Secrets;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Secrets;

public sealed class AnsibleVaultTests : IDisposable
{
    private const string Clear = "---\nportal_vault:\n  password: !unsafe \"grün {{ 7*7 }} 'x'\"\n";
    private static readonly Secret Password = new("a password with spaces, 0123456789");
    private readonly PrivateFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Encrypt_ReadByTheRealAnsibleVault_GivesTheSameText()
    {
        await File.WriteAllTextAsync(folder.File("vault.yml"), AnsibleVault.Encrypt(Clear, Password));
        Assert.Equal(Clear, (await RunAsync("view")).StandardOutput);
    }

    [Fact]
    public async Task Decrypt_WrittenByTheRealAnsibleVault_GivesTheSameText()
    {
        await File.WriteAllTextAsync(folder.File("vault.yml"), Clear);
        await RunAsync("encrypt");
        Assert.Equal(Clear, AnsibleVault.Decrypt(await File.ReadAllTextAsync(folder.File("vault.yml")), Password));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(5000)]
    public void Decrypt_OwnText_GivesItBackAtEveryBlockBorder(int length) =>
        Assert.Equal(new string('x', length), AnsibleVault.Decrypt(AnsibleVault.Encrypt(new string('x', length), Password), Password));

    [Fact]
    public void Decrypt_OtherPassword_IsRefused() =>
        Assert.Throws<CryptographicException>(() => AnsibleVault.Decrypt(AnsibleVault.Encrypt(Clear, Password), new Secret("other")));

    [Theory]
    [InlineData("portal: 1\n")]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\n")]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\nzz\n")]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\n6162\n")]
    public void Decrypt_Damaged_IsRefused(string text) => Assert.Throws<CryptographicException>(() => AnsibleVault.Decrypt(text, Password));

    private async Task<BufferedCommandResult> RunAsync(string verb)
    {
        await File.WriteAllTextAsync(folder.File("password"), Password.Reveal());
        return await Cli.Wrap("ansible-vault")
            .WithArguments([verb, "--vault-password-file", folder.File("password"), folder.File("vault.yml")])
            .ExecuteBufferedAsync();
    }
}
