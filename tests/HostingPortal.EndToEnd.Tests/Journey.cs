namespace HostingPortal.EndToEnd.Tests;

/// <summary>A test in the browser. Its pages are closed when it ends: an open page keeps asking the portal.</summary>
public abstract class Journey(Demo demo) : IAsyncDisposable
{
    protected Demo Demo { get; } = demo;

    public async ValueTask DisposeAsync()
    {
        await Demo.CloseAsync();
        GC.SuppressFinalize(this);
    }
}
