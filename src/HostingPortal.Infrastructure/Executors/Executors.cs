using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Runs;
using HostingPortal.Infrastructure.Content;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>One line to each executor: the Primary's by settings, Project Masters by the address their project knows. Lines live as long as the portal.</summary>
internal sealed class Executors(IExecutor primary, AnsibleContent content, IOptions<ExecutorOptions> options, TimeProvider time) : IExecutors, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, MasterLine> lines = [];

    public IExecutor Primary => primary;

    public IExecutor At(ExecutorAddress address) => LineTo(address).Executor;

    /// <summary>For git, which takes the same way as everything else.</summary>
    public SshFiles FilesOf(ExecutorAddress address) => LineTo(address).Files;

    public async ValueTask DisposeAsync()
    {
        foreach (var line in lines.Values)
        {
            await line.DisposeAsync();
        }
    }

    /// <summary>A master that changed its host key or was rebuilt is another line.</summary>
    private MasterLine LineTo(ExecutorAddress address)
    {
        var text = string.Join('\n', [address.Host, .. address.HostKeys, address.PrivateKey.Reveal(), address.NextKey?.Reveal() ?? ""]);
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        lock (gate)
        {
            if (!lines.TryGetValue(name, out var line))
            {
                lines[name] = line = new MasterLine(address, content, options.Value, time);
            }

            return line;
        }
    }
}
