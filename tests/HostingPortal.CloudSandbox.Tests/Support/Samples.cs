using System.Security.Cryptography;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>Request bodies that are accepted as they are.</summary>
internal static class Samples
{
    /// <summary>A well-formed ed25519 public key that no private key belongs to.</summary>
    public static string PublicKey()
    {
        byte[] blob = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. RandomNumberGenerator.GetBytes(32)];
        return $"ssh-ed25519 {Convert.ToBase64String(blob)} test";
    }

    public static object SshKey(string name) => new { name, public_key = PublicKey() };

    public static object Server(string name, object? labels = null, object? networks = null) => new
    {
        name, server_type = "cx33", image = "debian-13", location = "fsn1", labels = labels ?? new { }, networks = networks ?? Array.Empty<long>(),
    };

    public static object Network(string name) => new
    {
        name, ip_range = "10.0.0.0/16", subnets = new[] { new { type = "cloud", network_zone = "eu-central", ip_range = "10.0.1.0/24" } },
    };

    public static object Rule(string port) => new { direction = "in", protocol = "tcp", port, source_ips = new[] { "0.0.0.0/0", "::/0" } };

    public static object OnServer(long id) => new { type = "server", server = new { id } };

    public static object OnLabels(string selector) => new { type = "label_selector", label_selector = new { selector } };
}
