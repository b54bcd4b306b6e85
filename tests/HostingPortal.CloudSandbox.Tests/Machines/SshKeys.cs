using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>A user's key and a host key, pinned for every address before any server exists.</summary>
internal sealed class SshKeys : IDisposable
{
    public SshKeys()
    {
        Shell.RunAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", UserKey], CancellationToken.None).GetAwaiter().GetResult();
        Shell.RunAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "host", "-f", HostKey], CancellationToken.None).GetAwaiter().GetResult();
        File.WriteAllText(KnownHosts, $"lab-server {File.ReadAllText(HostKey + ".pub")}");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("lab-keys-").FullName;

    public string UserKey => Path.Combine(Folder, "user");

    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    private string HostKey => Path.Combine(Folder, "host");

    /// <summary>What the portal sends: the host key it has pinned, and a user with sudo.</summary>
    public string UserData => $"""
        #cloud-config
        ssh_deletekeys: true
        ssh_keys:
          ed25519_private: |
        {string.Concat(File.ReadAllLines(HostKey).Select(line => $"    {line}\n"))}  ed25519_public: {File.ReadAllText(HostKey + ".pub").Trim()}
        disable_root: true
        users:
          - name: deploy
            shell: /bin/bash
            sudo: "ALL=(ALL) NOPASSWD:ALL"
            ssh_authorized_keys: [ "{File.ReadAllText(UserKey + ".pub").Trim()}" ]
        write_files:
          - path: /etc/written-by-user-data
            content: hello
        runcmd:
          - [ touch, /run/ran-by-user-data ]
        """;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
