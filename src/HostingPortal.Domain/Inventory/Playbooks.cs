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

    /// <summary>A new key in place of an old one, the old one last.</summary>
    public const string RotateKeys = "rotate-keys";

    /// <summary>Reads who may come in; changes nothing.</summary>
    public const string CheckReach = "check-reach";

    /// <summary>Who may come in over SSH, and nothing else.</summary>
    public const string ApplyAccess = "apply-access";
}
