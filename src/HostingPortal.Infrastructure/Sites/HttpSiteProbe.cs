using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HostingPortal.Domain.Sites;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Sites;

/// <summary>One connection per question, straight to the given address, with the site's name in TLS and HTTP.</summary>
internal sealed class HttpSiteProbe(IOptions<SiteProbeOptions> options, TimeProvider time) : ISiteProbe
{
    public async Task<SiteAnswer> AskAsync(string name, string address, CancellationToken ct)
    {
        var trust = new ProbeTrust(ExtraRoots.Read(options.Value), time);
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var handler = Handler(new IPEndPoint(IPAddress.Parse(address), options.Value.Port), trust);
        using var client = new HttpClient(handler);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{name}/");
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new SiteAnswer((int)response.StatusCode, Stopwatch.GetElapsedTime(started), trust.NotAfter, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Nothing($"No answer in {options.Value.Timeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException e)
        {
            return Nothing(trust.Refusal ?? OneLine(e));
        }

        SiteAnswer Nothing(string why) => new(null, Stopwatch.GetElapsedTime(started), trust.NotAfter, why);
    }

    private static SocketsHttpHandler Handler(IPEndPoint place, ProbeTrust trust) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = trust.Judge },
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(place, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private static string OneLine(HttpRequestException e) => (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
}
