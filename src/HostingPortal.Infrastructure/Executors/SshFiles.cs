using HostingPortal.Domain;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>
/// The private folder OpenSSH works from: its configuration, the pinned host keys and the socket of the shared connection. ssh and git both use
/// <c>ssh -F config executor</c>, so there is one place that says how the executor is trusted.
/// </summary>
internal sealed class SshFiles : IDisposable
{
    public const string Alias = "executor";

    private readonly Lazy<PrivateFolder> folder;

    public SshFiles(IOptions<ExecutorOptions> options)
        : this(options, [])
    {
    }

    /// <param name="options">Whom to reach.</param>
    /// <param name="moreKeys">Private keys tried after the first.</param>
    public SshFiles(IOptions<ExecutorOptions> options, IReadOnlyList<string> moreKeys) => folder = new Lazy<PrivateFolder>(() => Write(options.Value, moreKeys));

    public bool InUse => folder.IsValueCreated;

    /// <summary>Path of the ssh configuration.</summary>
    /// <exception cref="OutsideException"><c>executor.not_configured</c>.</exception>
    public string Config => folder.Value.File("config");

    public void Dispose()
    {
        if (folder.IsValueCreated)
        {
            folder.Value.Dispose();
        }
    }

    private static PrivateFolder Write(ExecutorOptions options, IReadOnlyList<string> moreKeys)
    {
        if (!options.IsConfigured)
        {
            throw new OutsideException("executor.not_configured", "Executor:Host is not set.");
        }

        var made = new PrivateFolder();
        File.WriteAllText(made.File("known_hosts"), $"{Alias} {options.HostKey}\n");
        File.WriteAllText(made.File("config"), Configuration(options, made) + string.Concat(moreKeys.Select(k => $"  IdentityFile \"{k}\"\n")));
        return made;
    }

    /// <summary>The connection stays five minutes after its last use; a silent network ends it within half a minute.</summary>
    private static string Configuration(ExecutorOptions options, PrivateFolder folder) => $"""
        Host {Alias}
          HostName {options.Host}
          Port {options.Port}
          User {options.User}
          HostKeyAlias {Alias}
          UserKnownHostsFile {folder.File("known_hosts")}
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
          UpdateHostKeys no
          CheckHostIP no
          IdentityFile "{Path.GetFullPath(options.KeyFile)}"
          IdentitiesOnly yes
          IdentityAgent none
          PreferredAuthentications publickey
          BatchMode yes
          ClearAllForwardings yes
          ConnectTimeout 10
          ServerAliveInterval 10
          ServerAliveCountMax 3
          ControlMaster auto
          ControlPath {folder.File("m")}
          ControlPersist 300
          LogLevel ERROR

        """;
}
