using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HostingPortal.CloudSandbox.Acme;

/// <summary>The ACME server's own certificate and the authority above it, made once per data folder so that clients may keep trusting it.</summary>
internal sealed class AcmeKeys(TimeProvider time)
{
    private const int AuthorityYears = 10;

    /// <summary>Makes <c>ca.pem</c> where it is missing, and <c>server.pem</c> with <c>server.key</c> for these addresses.</summary>
    /// <returns>PEM of the authority.</returns>
    public string Prepare(string folder, IReadOnlyList<string> addresses)
    {
        Directory.CreateDirectory(folder);
        var (caPath, keyPath) = (Path.Combine(folder, "ca.pem"), Path.Combine(folder, "ca.key"));
        if (!File.Exists(caPath))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made = Authority(key);
            File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(caPath, made.ExportCertificatePem() + "\n");
        }

        using var authority = X509Certificate2.CreateFromPemFile(caPath, keyPath);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Server(serverKey, authority, addresses);
        File.WriteAllText(Path.Combine(folder, "server.key"), serverKey.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate.ExportCertificatePem() + "\n");
        return File.ReadAllText(caPath);
    }

    private X509Certificate2 Authority(ECDsa key)
    {
        var request = new CertificateRequest("CN=Cloud sandbox ACME authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(AuthorityYears));
    }

    private X509Certificate2 Server(ECDsa key, X509Certificate2 authority, IReadOnlyList<string> addresses)
    {
        var request = new CertificateRequest("CN=Cloud sandbox ACME server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var address in addresses)
        {
            names.AddIpAddress(IPAddress.Parse(address));
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        return request.Create(authority, time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(1), RandomNumberGenerator.GetBytes(16));
    }
}
