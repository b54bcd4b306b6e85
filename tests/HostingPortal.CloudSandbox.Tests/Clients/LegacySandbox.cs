using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Clients;

/// <summary>A simulator that answers as the clients in Debian 12 expect.</summary>
public sealed class LegacySandbox : IAsyncLifetime
{
    public SandboxServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SandboxServer.StartAsync(SandboxFixture.Options with { Legacy = true });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
