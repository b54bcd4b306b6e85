using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>A lab server that is, or shall be, a Primary, seen from outside.</summary>
internal sealed class PrimaryServer(long id, string ipv4, string sshConfig, string roots)
{
    public const string Name = "portal.hosting.example";

    public long Id => id;

    public string Ipv4 => ipv4;

    public Uri Address { get; } = new($"https://{Name}/");

    /// <summary>A command there as root.</summary>
    /// <returns>Its standard output.</returns>
    public Task<string> RunAsync(string command, CancellationToken ct) => Tool.RunAsync(["ssh", "-F", sshConfig, $"root@{ipv4}", command], ct);

    /// <summary>Copies a file from there.</summary>
    public Task FetchAsync(string path, string target, CancellationToken ct) => Tool.RunAsync(["scp", "-q", "-F", sshConfig, $"root@{ipv4}:{path}", target], ct);

    /// <summary><c>./portal install</c> of this server.</summary>
    /// <returns>Exit code and all it wrote.</returns>
    public async Task<(int Code, string Output)> InstallAsync(CancellationToken ct, params string[] words)
    {
        var result = await Tool.TryAsync([Checkout.File("portal"), "install", ipv4, "--ssh-config", sshConfig, .. words], ct);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    /// <summary>The portal as a browser would reach it: its name leads here, and only the lab's authority is trusted.</summary>
    public SocketsHttpHandler Way() => new()
    {
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(ipv4), context.DnsEndPoint.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusted() },
    };

    public PortalClient SignIn(string token) => new(Address, token, Way());

    /// <summary>The status <c>/healthz</c> answers with over HTTPS.</summary>
    public async Task<HttpStatusCode> HealthAsync(CancellationToken ct)
    {
        using var http = new HttpClient(Way());
        return (await http.GetAsync(new Uri(Address, "healthz"), ct)).StatusCode;
    }

    private X509ChainPolicy Trusted()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(roots);
        return policy;
    }
}
