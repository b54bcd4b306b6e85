using System.Text.Json;

namespace HostingPortal.CloudSandbox.State;

/// <summary>Keeps the world in <c>world.json</c> of the data folder; a reader never sees a half-written file.</summary>
internal sealed class SnapshotFile : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly WorldStore _store;
    private readonly string? _path;
    private long _changes;
    private long _written;

    public SnapshotFile(WorldStore store, SandboxOptions options)
    {
        _store = store;
        _path = PathOf(options);
        store.Changed += () => _changes++;
    }

    /// <summary>The world of an earlier process, or an empty one.</summary>
    /// <exception cref="JsonException">The file is damaged; it is left as it is.</exception>
    public static World Load(SandboxOptions options)
    {
        var path = PathOf(options);
        return path is not null && File.Exists(path) ? JsonSerializer.Deserialize<World>(File.ReadAllBytes(path), SandboxJson.Options)! : new World();
    }

    /// <summary>Completes when every change made before the call is on disk; many callers share one write.</summary>
    public async Task FlushAsync()
    {
        if (_path is null)
        {
            return;
        }

        var wanted = _store.Locked(_ => _changes);
        await _writing.WaitAsync();
        try
        {
            if (_written < wanted)
            {
                var (bytes, changes) = _store.Locked(world => (JsonSerializer.SerializeToUtf8Bytes(world, SandboxJson.Options), _changes));
                await WriteAsync(_path + ".tmp", bytes);
                File.Move(_path + ".tmp", _path, overwrite: true);
                _written = changes;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    /// <summary>User data and root passwords are in it: for the owner only.</summary>
    private static async Task WriteAsync(string path, byte[] bytes)
    {
        File.Delete(path);
        var ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ownerOnly };
        await using var file = new FileStream(path, options);
        await file.WriteAsync(bytes);
    }

    private static string? PathOf(SandboxOptions options)
    {
        if (options.DataDirectory is not { } folder)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        return Path.Combine(folder, "world.json");
    }
}
