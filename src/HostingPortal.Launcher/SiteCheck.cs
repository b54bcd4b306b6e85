using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace HostingPortal.Launcher;

/// <summary>Asks a site over HTTPS at a given address and trusts the sandbox's certificate authority alone.</summary>
internal static class SiteCheck
{
    /// <summary>Throws unless the page is there, its certificate leads to <paramref name="rootPem"/>, and plain HTTP redirects to HTTPS.</summary>
    public static async Task HoldsAsync(string name, string address, string rootPem, string expected, CancellationToken ct)
    {
        using var http = Client(address, rootPem);
        try
        {
            var plain = await http.GetAsync(new Uri($"http://{name}/"), ct);
            if ((int)plain.StatusCode is not (301 or 308) || plain.Headers.Location?.Scheme != "https")
            {
                throw new LaunchException($"http://{name}/ at {address} does not redirect to HTTPS but answers {(int)plain.StatusCode}.");
            }

            var page = await http.GetAsync(new Uri($"https://{name}/"), ct);
            var text = await page.Content.ReadAsStringAsync(ct);
            if (page.StatusCode != HttpStatusCode.OK || !text.Contains(expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new LaunchException($"https://{name}/ at {address} answers {(int)page.StatusCode} without '{expected}'.");
            }
        }
        catch (HttpRequestException error)
        {
            throw new LaunchException($"{name} at {address} does not answer: {error.InnerException?.Message ?? error.Message}");
        }
    }

    /// <summary>Asks every 20 ms, on a new connection each time, until the site answers 200 over HTTPS.</summary>
    public static async Task AnswersAsync(string name, string address, string rootPem, CancellationToken ct)
    {
        while (true)
        {
            using var http = Client(address, rootPem);
            try
            {
                if ((await http.GetAsync(new Uri($"https://{name}/"), ct)).StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // No certificate for that name yet.
            }

            await Task.Delay(20, ct);
        }
    }

    /// <summary>Every name leads to <paramref name="address"/>; redirects are not followed.</summary>
    private static HttpClient Client(string address, string rootPem)
    {
        var root = X509Certificate2.CreateFromPem(rootPem);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), context.DnsEndPoint.Port), token);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && LeadsTo(root, certificate, chain),
            },
        };
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
    }

    private static bool LeadsTo(X509Certificate2 root, X509Certificate? certificate, X509Chain? given)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (given is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(given.ChainPolicy.ExtraStore);
        }

        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }
}
