using HostingPortal.Infrastructure.Content;
using HostingPortal.Infrastructure.Executors;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Tests.Executors;

/// <summary>The executor as the portal composes it, over one connection.</summary>
internal sealed class ExecutorRig : IAsyncDisposable
{
    private readonly SshFiles files;
    private readonly ExecutorConnection connection;
    private readonly ExecutorSetup setup;

    public ExecutorRig(ExecutorOptions options, string contentFolder = "/nowhere")
    {
        var wrapped = Options.Create(options);
        files = new SshFiles(wrapped);
        connection = new ExecutorConnection(files, wrapped, TimeProvider.System);
        var program = new ExecutorProgram(connection);
        var content = Directory.Exists(contentFolder) ? new AnsibleContent(Options.Create(new ContentOptions { Folder = contentFolder })) : null!;
        setup = new ExecutorSetup(connection, program, content, wrapped, TimeProvider.System);
        Executor = new SshExecutor(connection, program, setup);
    }

    public SshExecutor Executor { get; }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        setup.Dispose();
        files.Dispose();
    }
}
