namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>One simulator without machines for a class of tests; each test takes a project of its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    public static readonly SandboxOptions Options = new() { ActionDuration = TimeSpan.FromMilliseconds(20) };

    public SandboxServer Server { get; private set; } = null!;

    internal ApiClient NewProject() => new(Server);

    public async ValueTask InitializeAsync() => Server = await SandboxServer.StartAsync(Options);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
