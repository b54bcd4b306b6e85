using HostingPortal.Domain;
using HostingPortal.Infrastructure.Executors;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Git;

/// <summary>Opens a private folder for a clone of a project's inventory.</summary>
internal sealed class InventoryClone(SshFiles ssh, IOptions<ExecutorOptions> options)
{
    public OpenClone Open(string projectId)
    {
        if (!Ids.IsId(projectId))
        {
            throw new ArgumentException("Not a project id.", nameof(projectId));
        }

        var remote = options.Value.InventoryRemote.Replace("{project}", projectId, StringComparison.Ordinal);
        var config = remote.StartsWith("ssh://", StringComparison.Ordinal) ? ssh.Config : null;
        var folder = new PrivateFolder();
        return new OpenClone(folder, new GitCommand(folder.Location, config), remote);
    }
}
