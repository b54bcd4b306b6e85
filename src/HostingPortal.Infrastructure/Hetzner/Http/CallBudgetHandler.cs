using HostingPortal.Domain.Runs;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Infrastructure.Hetzner.Http;

/// <summary>Holds back what runs ask of Hetzner while little of the hour's calls is left, so that a person's click is still answered.</summary>
internal sealed class CallBudgetHandler(CallBudget budget, TimeProvider time, ILogger<CallBudgetHandler> logger) : DelegatingHandler
{
    /// <summary>Others use the same token: looked at again at least this often.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = request.Headers.Authorization;
        while (RunWork.IsCurrent && budget.Pause(token) is { Ticks: > 0 } pause)
        {
            logger.LogInformation("{Method} {Path} waits {Pause} ms: the rest of the hour's calls is kept for people.", request.Method, request.RequestUri!.AbsolutePath, (int)pause.TotalMilliseconds);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        budget.Learn(token, answer.Headers);
        return answer;
    }
}
