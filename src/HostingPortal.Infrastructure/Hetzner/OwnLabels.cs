using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>Finding and recognising what this portal made.</summary>
internal static class OwnLabels
{
    public static string Selector(this CloudLabels labels) => $"portal-id=={labels.Id}";

    /// <summary>Made by this portal for the same object.</summary>
    public static bool Mark(this CloudLabels labels, ILabelledDto made) =>
        Is(made, "portal-instance", labels.Instance) && Is(made, "portal-id", labels.Id);

    /// <summary>Made by this very operation.</summary>
    public static bool MarkOperation(this CloudLabels labels, ILabelledDto made) => labels.Mark(made) && Is(made, "portal-op", labels.Operation);

    private static bool Is(ILabelledDto made, string label, string value) => made.Labels?.GetValueOrDefault(label) == value;
}
