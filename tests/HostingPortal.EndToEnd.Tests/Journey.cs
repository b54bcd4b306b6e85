namespace HostingPortal.EndToEnd.Tests;

/// <summary>A test in the browser. Its pages are closed when it ends: an open page keeps asking the portal. Of a test that failed a picture stays.</summary>
public abstract class Journey(Demo demo) : IAsyncDisposable
{
    protected Demo Demo { get; } = demo;

    public async ValueTask DisposeAsync()
    {
        await Demo.CloseAsync(TestContext.Current.TestState?.Result == TestResult.Failed ? $"failed-{TestContext.Current.TestMethod?.MethodName}" : null);
        GC.SuppressFinalize(this);
    }
}
