namespace HostingPortal.Domain.Runs;

/// <summary>The closed list of jobs.</summary>
public static class RunJobs
{
    /// <summary>A new key between the Primary and a Project Master.</summary>
    public const string RotateMaster = "rotate-master";

    /// <summary>A new key between a project's executor and its nodes.</summary>
    public const string RotateNodes = "rotate-nodes";

    /// <summary>A new vault password, new broker credentials and database passwords, and the converge that brings them to the nodes.</summary>
    public const string RenewSecrets = "renew-secrets";

    /// <summary>The content this portal ships, onto a Project Master; touches no node.</summary>
    public const string Content = "content";

    /// <summary>What a Project Master's timer does while the portal is away.</summary>
    public const string Watch = "watch";

    /// <summary>Compares who can reach the nodes with what the machines say.</summary>
    public const string CheckReach = "check-reach";

    /// <summary>Nodes whose master was lost get to know the new one.</summary>
    public const string Recover = "recover";

    /// <summary>The nodes of a direct project get to know the Project Master that manages them from then on.</summary>
    public const string Adopt = "adopt";

    /// <summary>The nodes of a managed project come back to the Primary.</summary>
    public const string Release = "release";

    /// <summary>A bootstrap of a new master in the place of a lost one; its nodes are recovered next.</summary>
    public const string Rebuild = "rebuild";
}
