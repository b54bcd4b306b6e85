using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Hears what the content security policy refuses on any page of the profiles it follows: in a journey that is nothing.</summary>
internal sealed class PolicyWatch
{
    private const string Listener = """
        document.addEventListener('securitypolicyviolation', e =>
            window.portalRefused?.(`${e.effectiveDirective} refused ${e.blockedURI || 'inline'} at ${e.documentURI}: ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
        """;

    private readonly ConcurrentQueue<string> refused = new();

    public async Task FollowAsync(IBrowserContext context)
    {
        await context.ExposeFunctionAsync<string>("portalRefused", refused.Enqueue);
        await context.AddInitScriptAsync(Listener);
        context.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                refused.Enqueue(message.Text);
            }
        };
    }

    /// <summary>Fails with everything that was refused since the last time.</summary>
    public void HeardNothing()
    {
        var all = new List<string>();
        while (refused.TryDequeue(out var one))
        {
            all.Add(one);
        }

        Assert.True(all.Count == 0, "The content security policy was violated:\n" + string.Join('\n', all.Distinct()));
    }
}
