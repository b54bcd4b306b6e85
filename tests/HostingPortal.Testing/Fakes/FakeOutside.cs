using System.Collections.Concurrent;
using System.Text;
using HostingPortal.Domain;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Testing.Fakes;

/// <summary>Public DNS and the sites behind it, as a test set them.</summary>
public sealed class OutsideWorld : INameLookup, ISiteProbe
{
    public ConcurrentDictionary<string, string> Texts { get; } = new();

    public ConcurrentDictionary<string, string> Aliases { get; } = new();

    /// <summary>Answers by name; a site that is not here answers 200.</summary>
    public ConcurrentDictionary<string, SiteAnswer> Answers { get; } = new();

    public Task<IReadOnlyList<string>> GetTextAsync(string name, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>(Texts.TryGetValue(name, out var text) ? [text] : []);

    public Task<string?> GetAliasAsync(string name, CancellationToken ct) => Task.FromResult(Aliases.GetValueOrDefault(name));

    public Task<IReadOnlyList<string>> GetAddressesAsync(string name, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<SiteAnswer> AskAsync(string name, string address, CancellationToken ct) =>
        Task.FromResult(Answers.GetValueOrDefault(name) ?? new SiteAnswer(200, TimeSpan.FromMilliseconds(8), null, null));
}

/// <summary>Keeps secrets as they are, marked with their owner; opening a moved one fails as the real store does.</summary>
internal sealed class FakeSecrets(TimeProvider time) : ISecretStore
{
    public StoredSecret Seal(string ownerId, string kind, Secret value) =>
        new() { Id = Ids.New("sec", time), OwnerId = ownerId, Kind = kind, KeyVersion = 1, Nonce = new byte[12], Ciphertext = Encoding.UTF8.GetBytes(value.Reveal()) };

    public Secret Open(StoredSecret stored) => new(Encoding.UTF8.GetString(stored.Ciphertext));
}

internal sealed class FakeKeys : IKeyGenerator
{
    public Task<SshKeyPair> CreateSshKeyAsync(string comment, CancellationToken ct) =>
        Task.FromResult(new SshKeyPair($"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5{Ids.RandomText(48)} {comment}", new Secret($"-----BEGIN {Ids.RandomText(40)}-----")));
}

internal sealed class FakeTemplates : INodeTemplates
{
    public IReadOnlyList<NodeTemplate> All { get; } =
    [
        new NodeTemplate("web", "1.0.0", "Web sites", ["base", "sites"], 2m, ["x86"], ["cx23"], ["debian-13", "debian-12"], [new TemplatePort("tcp", "443", "HTTPS")],
            new Dictionary<string, IReadOnlyList<string>> { ["debian-13"] = ["8.4"], ["debian-12"] = ["8.2"] }),
        new NodeTemplate(NodeTemplate.ProjectMaster, "1.0.0", "Manages one project", ["base", "executor"], 2m, ["x86"], ["cx23"], ["debian-13"], [], new Dictionary<string, IReadOnlyList<string>>()),
    ];

    public string ContentVersion => FakeExecutor.Content;
}
