using HostingPortal.Domain.Accounts;

namespace HostingPortal.Web.Components.Nodes;

/// <summary>Server types by processor, as the table groups them.</summary>
public sealed record TypeGroup(string TextKey, string ShortKey, Func<CloudServerType, bool> Has)
{
    public static TypeGroup Any { get; } = new("Wizard.Any", "Wizard.Any", _ => true);

    public static IReadOnlyList<TypeGroup> All { get; } =
    [
        new("Wizard.SharedX86", "Wizard.Shared", t => t is { CpuType: "shared", Architecture: "x86" }),
        new("Wizard.DedicatedX86", "Wizard.Dedicated", t => t is { CpuType: "dedicated", Architecture: "x86" }),
        new("Wizard.SharedArm", "Wizard.Arm", t => t.Architecture == "arm"),
    ];
}
