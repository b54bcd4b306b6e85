using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Content;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>The way to one Project Master: its key in a private file, its pinned host keys, one shared connection.</summary>
internal sealed class MasterLine : IAsyncDisposable
{
    private readonly PrivateFolder folder = new();
    private readonly ExecutorConnection connection;
    private readonly ExecutorSetup setup;

    public MasterLine(ExecutorAddress address, AnsibleContent content, ExecutorOptions primary, TimeProvider time)
    {
        var key = Keep("key", address.PrivateKey);
        var options = Options.Create(new ExecutorOptions
        {
            Host = address.Host, KeyFile = key, HostKey = string.Join($"\n{SshFiles.Alias} ", address.HostKeys), CallTimeout = primary.CallTimeout, InstallTimeout = primary.InstallTimeout,
        });
        Files = new SshFiles(options, address.NextKey is { } next ? [Keep("next", next)] : []);
        connection = new ExecutorConnection(Files, options, time);
        var program = new ExecutorProgram(connection);
        setup = new ExecutorSetup(connection, program, content, options, time);
        Executor = new SshExecutor(connection, program, setup);
    }

    private string Keep(string name, Secret key)
    {
        var file = folder.File(name);
        File.WriteAllText(file, key.Reveal());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    public SshFiles Files { get; }

    public SshExecutor Executor { get; }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        setup.Dispose();
        Files.Dispose();
        folder.Dispose();
    }
}
