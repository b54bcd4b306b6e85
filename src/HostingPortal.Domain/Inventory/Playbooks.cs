namespace HostingPortal.Domain.Inventory;

/// <summary>Playbooks of the content that runs start, by their names in its <c>catalog.json</c>.</summary>
public static class Playbooks
{
    /// <summary>Everything of a node.</summary>
    public const string Converge = "converge-nodes";

    /// <summary>Certificates and sites alone, on a node that has had a full converge of the same content.</summary>
    public const string ApplySites = "apply-sites";

    /// <summary>Everything of a Project Master but the content it is given over its own contract.</summary>
    public const string BootstrapMaster = "bootstrap-master";
}
