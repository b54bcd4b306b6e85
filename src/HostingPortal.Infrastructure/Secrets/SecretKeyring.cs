using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>The keys in memory. Read on first use; made only by <see cref="Prepare"/> at the start of a portal without sealed rows.</summary>
internal sealed class SecretKeyring(SecretKeyFile file)
{
    private readonly Lock gate = new();
    private SecretKeys? keys;

    public SecretKeyring(DataFolder folder, IOptions<SecretOptions> options)
        : this(new SecretKeyFile(options.Value.KeyFile ?? folder.File("secrets.key")))
    {
    }

    /// <exception cref="InvalidOperationException">Sealed rows exist and the file does not: making another key would hide the loss.</exception>
    public void Prepare(bool databaseHoldsSecrets)
    {
        lock (gate)
        {
            if (!file.Exists && databaseHoldsSecrets)
            {
                throw new InvalidOperationException(
                    $"The database holds sealed secrets but the key file {file.Location} is missing. Restore it from the backup; a new key would not open them.");
            }

            keys = file.Exists ? file.Read() : file.Create();
        }
    }

    /// <summary>Where the key file lies, whether it exists or not.</summary>
    public string Location => file.Location;

    /// <summary>Puts a key file in place, 0600. The keys in memory are its keys from then on.</summary>
    /// <returns>Where the file before lies now, or null if there was none.</returns>
    public string? Place(string source)
    {
        lock (gate)
        {
            keys = new SecretKeyFile(source).Read();
            return file.Replace(source);
        }
    }

    public SecretKeys Keys
    {
        get
        {
            lock (gate)
            {
                return keys ??= file.Read();
            }
        }
    }
}
