using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Sites;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Webhooks;

/// <summary>One connection per delivery; of the answer only its head is read.</summary>
internal sealed class HttpWebhooks(PublicConnect connect, IOptions<WebhookOptions> options, TimeProvider time) : IWebhooks
{
    private const int LargestHeadKilobytes = 16;

    public async Task PostAsync(Secret url, WebhookPost post, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var handler = Handler(new ProbeTrust(Roots(), time));
        using var client = new HttpClient(handler);
        using var request = Request(new Uri(url.Reveal()), post);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            Judge(response.StatusCode);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new OutsideException("webhook.timeout", $"no answer in {options.Value.Timeout.TotalSeconds:0.#} s", transient: true);
        }
        catch (HttpRequestException error) when (error.InnerException is OutsideException refusal)
        {
            throw refusal;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            throw new OutsideException("webhook.unreachable", (error.InnerException ?? error).Message.ReplaceLineEndings(" "), transient: true, error);
        }
    }

    private static void Judge(HttpStatusCode status)
    {
        var number = ((int)status).ToString(CultureInfo.InvariantCulture);
        switch ((int)status)
        {
            case >= 200 and < 300:
                return;
            case >= 300 and < 400:
                throw new OutsideException("webhook.redirect", $"HTTP {number}");
            case 410:
                throw new OutsideException("webhook.gone", $"HTTP {number}");
            default:
                throw new OutsideException("webhook.status", $"HTTP {number}", transient: true);
        }
    }

    private static HttpRequestMessage Request(Uri url, WebhookPost post)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(post.Body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("HostingPortal", "1"));
        request.Headers.Add("Idempotency-Key", post.Id);
        request.Headers.Add("webhook-id", post.Id);
        request.Headers.Add("webhook-timestamp", post.Timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", post.Signature);
        return request;
    }

    private SocketsHttpHandler Handler(ProbeTrust trust) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = LargestHeadKilobytes,
        MaxResponseDrainSize = 0,
        SslOptions = { RemoteCertificateValidationCallback = trust.Judge },
        ConnectCallback = (context, ct) => connect.OpenAsync(context.DnsEndPoint, ct),
    };

    private X509Certificate2Collection Roots()
    {
        var roots = new X509Certificate2Collection();
        if (options.Value.ExtraRootsFile is { Length: > 0 } file)
        {
            roots.ImportFromPemFile(file);
        }

        return roots;
    }
}
