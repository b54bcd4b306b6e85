using System.Text.Json;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// The cloud-init document of a new node: the pinned host key, the user Ansible works as, nothing else. Written as JSON, which is YAML. The host key is
/// readable on the machine's metadata address, so the first play replaces it.
/// </summary>
internal static class CloudInit
{
    public static string For(Node node, IReadOnlyList<string> publicKeys, Secret hostKey) =>
        "#cloud-config\n" + JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["hostname"] = node.Name,
            ["ssh_deletekeys"] = true,
            ["ssh_keys"] = new Dictionary<string, string> { ["ed25519_private"] = hostKey.Reveal(), ["ed25519_public"] = node.HostKey! },
            ["ssh_genkeytypes"] = new[] { "ed25519" },
            ["ssh_pwauth"] = false,
            ["disable_root"] = true,
            ["users"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = "deploy", ["shell"] = "/bin/bash", ["lock_passwd"] = true, ["sudo"] = "ALL=(ALL) NOPASSWD:ALL", ["ssh_authorized_keys"] = publicKeys,
                },
            },
        });
}
