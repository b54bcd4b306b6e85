using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace HostingPortal.Infrastructure.Sites;

/// <summary>Judges one handshake: the system's trust, or the extra roots where only the root was unknown.</summary>
internal sealed class ProbeTrust(X509Certificate2Collection extraRoots, TimeProvider time)
{
    public DateTimeOffset? NotAfter { get; private set; }

    /// <summary>Why the certificate was refused, or null.</summary>
    public string? Refusal { get; private set; }

    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            Refusal = "The server showed no certificate.";
            return false;
        }

        NotAfter = new DateTimeOffset(leaf.NotAfter);
        if (errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && EndsAtExtraRoot(leaf, chain)))
        {
            return true;
        }

        var reasons = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "it is for another name" : $"{ChainWords(chain)}";
        Refusal = $"The certificate was refused: {reasons}.";
        return false;
    }

    private bool EndsAtExtraRoot(X509Certificate2 leaf, X509Chain? sent)
    {
        if (extraRoots.Count == 0)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(extraRoots);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        own.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        own.ChainPolicy.VerificationTimeIgnored = false;
        own.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return own.Build(leaf);
    }

    private static string ChainWords(X509Chain? chain) =>
        string.Join(", ", (chain?.ChainStatus ?? []).Select(s => s.StatusInformation.Trim().TrimEnd('.')).Distinct());
}
