using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner.Http;

/// <summary>Sends again what <see cref="RetryRules"/> allow, after growing pauses with jitter, and turns every other failure into an OutsideException.</summary>
internal sealed class RetryHandler(IOptions<HetznerOptions> options, TimeProvider time, ILogger<RetryHandler> logger) : DelegatingHandler
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private const int LargestAnswer = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (response, lost) = await TryAsync(request, cancellationToken);
            if (response is { IsSuccessStatusCode: true })
            {
                return response;
            }

            var fault = response is null ? null : await ApiFault.ReadAsync(response, cancellationToken);
            response?.Dispose();
            var repeat = fault is null ? RetryRules.IsRepeatable(request) : RetryRules.MayRepeat(request, fault);
            if (!repeat || attempt >= options.Value.MaxTries)
            {
                throw fault?.ToException() ?? Faults.Unreachable(lost!);
            }

            var pause = Pause(attempt);
            logger.LogDebug(
                "{Method} {Path}: {Reason}, correlation {Correlation}; try {Attempt} follows in {Pause} ms",
                request.Method,
                request.RequestUri!.AbsolutePath,
                fault?.Code ?? lost!.Message,
                fault?.CorrelationId,
                attempt + 1,
                (int)pause.TotalMilliseconds);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <returns>The whole answer, or why there is none. The caller's own cancellation is thrown.</returns>
    private async Task<(HttpResponseMessage? Response, Exception? Lost)> TryAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Value.TryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, both.Token);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, both.Token);
            return (response, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            response?.Dispose();
            return (null, e is OperationCanceledException ? new TimeoutException($"No answer in {options.Value.TryTimeout.TotalSeconds:0.#} s.", e) : e);
        }
    }

    private TimeSpan Pause(int attempt)
    {
        var full = Math.Min(options.Value.RetryPause.TotalSeconds * Math.Pow(2, attempt - 1), LongestPause.TotalSeconds);
#pragma warning disable CA5394 // Jitter needs no secrecy.
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }
}
