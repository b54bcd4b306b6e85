using System.Net.Http.Headers;

namespace HostingPortal.Launcher.Faults;

/// <summary>People who ask the portal for something all the time and notice each request that fails: nothing is tried again here.</summary>
internal sealed class Visitors : IDisposable
{
    private static readonly string[] Paths = ["/api/v1/me", "/sign-in", "/portal.js"];
    private readonly CancellationTokenSource enough = new();
    private readonly HttpClient http;
    private readonly List<string> failures = [];
    private readonly Task asking;
    private int asked;

    /// <param name="word">A bearer token.</param>
    public Visitors(Uri portal, string? word)
    {
        http = new HttpClient { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", word);
        asking = Task.WhenAll(Paths.Select(AskAsync));
    }

    /// <returns>What they would complain about, each a line.</returns>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await enough.CancelAsync();
        await asking;
        Console.WriteLine($"       {asked} requests meanwhile, {failures.Count} failed");
        return failures;
    }

    public void Dispose()
    {
        enough.Dispose();
        http.Dispose();
    }

    private async Task AskAsync(string path)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                if (!answer.IsSuccessStatusCode)
                {
                    Fail($"{path} answered {(int)answer.StatusCode}");
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                Fail($"{path}: {error.Message}");
            }

            Interlocked.Increment(ref asked);
            await Task.Delay(100);
        }
    }

    private void Fail(string what)
    {
        lock (failures)
        {
            failures.Add("failed request: " + what);
        }
    }
}
