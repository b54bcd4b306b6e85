using HostingPortal.Domain.Inventory;

namespace HostingPortal.Domain.Nodes;

/// <summary><c>portal_master</c>: who may log in on a Project Master; other nodes have no such file.</summary>
internal sealed class MasterVars : IHostVarsSource
{
    public string File => "master";

    public VarsMap? Render(DesiredNode node) =>
        node.LoginKey is { } key ? new VarsMap().Add("portal_master", new VarsMap().Add("login_key", key)) : null;
}
