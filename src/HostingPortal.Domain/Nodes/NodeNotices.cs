using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Notifications;

namespace HostingPortal.Domain.Nodes;

internal static class NodeNotices
{
    public static Notice Of(NotificationKind kind, Node node, string clientId, string? reason) =>
        new(kind, clientId, node.ProjectId, new ObjectRef("node", node.Id, node.Name)) { NodeId = node.Id, Reason = reason };
}
