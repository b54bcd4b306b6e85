using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>A visitor of a site: HTTPS at the node's address, trusting the sandbox's certificate authority alone.</summary>
internal static class Visitor
{
    public static async Task<string> GetAsync(Demo demo, string name, string address)
    {
        using var root = X509Certificate2.CreateFromPem(demo.Facts.GetProperty("acmeRoot").GetString()!);
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), context.DnsEndPoint.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, given, errors) =>
                {
                    using var chain = new X509Chain();
                    chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                    chain.ChainPolicy.CustomTrustStore.Add(root);
                    chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                    chain.ChainPolicy.ExtraStore.AddRange(given!.ChainPolicy.ExtraStore);
                    return (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && chain.Build(new X509Certificate2(certificate!));
                },
            },
        };
        using var http = new HttpClient(handler);
        return await http.GetStringAsync(new Uri($"https://{name}/"));
    }
}
