using System.Security.Cryptography;
using System.Text;

namespace HostingPortal.CloudSandbox.State;

/// <summary>Guards the one <see cref="World"/>: every read and change happens inside <see cref="Locked{T}"/>.</summary>
internal sealed class WorldStore(World world)
{
    private readonly Lock _gate = new();

    /// <summary>Raised inside the lock after a change that a snapshot must not lose.</summary>
    public event Action? Changed;

    public T Locked<T>(Func<World, T> read)
    {
        lock (_gate)
        {
            return read(world);
        }
    }

    public T Change<T>(Func<World, T> change)
    {
        lock (_gate)
        {
            var result = change(world);
            Changed?.Invoke();
            return result;
        }
    }

    public void Change(Action<World> change) =>
        Change(w =>
        {
            change(w);
            return true;
        });

    /// <summary>The key under which a token's project is kept: 64 hexadecimal digits.</summary>
    public static string KeyOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
