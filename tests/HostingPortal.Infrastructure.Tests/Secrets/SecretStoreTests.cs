using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Secrets;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Secrets;

public sealed class SecretStoreTests : IDisposable
{
    private readonly PrivateFolder folder = new();
    private readonly SecretKeyFile file;
    private readonly SecretStore store;

    public SecretStoreTests()
    {
        file = new SecretKeyFile(folder.File("secrets.key"));
        var ring = new SecretKeyring(file);
        ring.Prepare(databaseHoldsSecrets: false);
        store = new SecretStore(ring, TimeProvider.System);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_SealedValue_GivesItBack()
    {
        var stored = store.Seal("a-1", "hetzner-token", new Secret("tökén"));
        Assert.Equal("tökén", store.Open(stored).Reveal());
        Assert.Equal(12, stored.Nonce.Length);
    }

    [Theory]
    [InlineData("a-2", "hetzner-token", null)]
    [InlineData("a-1", "ssh-key", null)]
    [InlineData("a-1", "hetzner-token", "sec-0000000000000000")]
    public void Open_MovedToAnotherRow_IsRefused(string owner, string kind, string? id)
    {
        var stored = store.Seal("a-1", "hetzner-token", new Secret("token"));
        Assert.Throws<SecretUnreadableException>(() => store.Open(Copy(stored, owner, kind, id ?? stored.Id, stored.Ciphertext)));
    }

    [Fact]
    public void Open_AnyByteAltered_IsRefused()
    {
        var stored = store.Seal("a-1", "k", new Secret("token"));
        for (var i = 0; i < stored.Ciphertext.Length; i++)
        {
            var altered = stored.Ciphertext.ToArray();
            altered[i] ^= 1;
            Assert.Throws<SecretUnreadableException>(() => store.Open(Copy(stored, "a-1", "k", stored.Id, altered)));
        }
    }

    [Fact]
    public void Seal_SameValueTwice_DiffersAndHidesIt()
    {
        var first = store.Seal("a-1", "k", new Secret("token"));
        var second = store.Seal("a-1", "k", new Secret("token"));
        Assert.NotEqual(first.Ciphertext, second.Ciphertext);
    }

    [Fact]
    public void Prepare_FileLostWhileRowsExist_SaysSoAndMakesNoKey()
    {
        File.Delete(file.Location);
        var e = Assert.Throws<InvalidOperationException>(() => new SecretKeyring(file).Prepare(databaseHoldsSecrets: true));
        Assert.Contains(file.Location, e.Message, StringComparison.Ordinal);
        Assert.False(file.Exists);
    }

    [Fact]
    public void Create_NewFile_IsForTheOwnerAlone() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Location));

    [Fact]
    public void Open_AfterANewKeyWasAdded_OldRowsStillOpen()
    {
        var old = store.Seal("a-1", "k", new Secret("token"));
        File.AppendAllText(file.Location, $"2 {Convert.ToBase64String(new byte[32])}\n");
        var rotated = new SecretStore(new SecretKeyring(file), TimeProvider.System);
        Assert.Equal("token", rotated.Open(old).Reveal());
        Assert.Equal(2, rotated.Seal("a-1", "k", new Secret("x")).KeyVersion);
    }

    private static StoredSecret Copy(StoredSecret from, string owner, string kind, string id, byte[] ciphertext) =>
        new() { Id = id, OwnerId = owner, Kind = kind, KeyVersion = from.KeyVersion, Nonce = from.Nonce, Ciphertext = ciphertext };
}
