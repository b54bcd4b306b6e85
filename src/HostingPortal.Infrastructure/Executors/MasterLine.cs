using HostingPortal.Domain.Runs;
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
        var key = folder.File("key");
        File.WriteAllText(key, address.PrivateKey.Reveal());
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var options = Options.Create(new ExecutorOptions
        {
            Host = address.Host, KeyFile = key, HostKey = string.Join($"\n{SshFiles.Alias} ", address.HostKeys), CallTimeout = primary.CallTimeout, InstallTimeout = primary.InstallTimeout,
        });
        Files = new SshFiles(options);
        connection = new ExecutorConnection(Files, options, time);
        var program = new ExecutorProgram(connection);
        setup = new ExecutorSetup(connection, program, content, options, time);
        Executor = new SshExecutor(connection, program, setup);
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
