using HostingPortal.Domain.Nodes;

namespace HostingPortal.Testing.Scenarios;

/// <summary>Rows of nodes that nobody ordered.</summary>
public static class NodeRows
{
    public static Node Ready(string projectId, string id, string name) => new()
    {
        Id = id, ProjectId = projectId, Name = name, Template = "web", TemplateVersion = "1.0.0", ServerType = "cx23", Location = "fsn1", Image = "debian-13", MonthlyPrice = 3.99m,
        Currency = "EUR", State = NodeState.Ready, CreatedAt = DateTime.UnixEpoch,
    };
}
