using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace HostingPortal.CloudSandbox.Api.Networks;

/// <summary>Arithmetic on IPv4 ranges such as <c>10.0.1.0/24</c>.</summary>
internal static class Cidrs
{
    private static readonly IPNetwork[] Private =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];

    /// <summary>Null when the text is no IPv4 range or has bits set behind its prefix.</summary>
    public static IPNetwork? ParseIpv4(string? text) =>
        text is not null && IsRange(text) && IPNetwork.Parse(text) is var range && range.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? range
            : null;

    /// <summary>True for <c>10.0.0.0/8</c> and <c>2001:db8::/32</c>, false for an address inside a range such as <c>10.0.0.1/8</c>.</summary>
    public static bool IsRange(string text) =>
        text.Split('/') is [var address, _] && IPNetwork.TryParse(text, out var range) && IPAddress.TryParse(address, out var start)
        && range.BaseAddress.Equals(start);

    public static bool IsPrivate(IPNetwork range) => Private.Any(p => Contains(p, range));

    public static bool Contains(IPNetwork outer, IPNetwork inner) => outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    public static bool Overlap(IPNetwork a, IPNetwork b) => Contains(a, b) || Contains(b, a);

    public static string At(IPNetwork range, long host)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, First(range) + (uint)host);
        return new IPAddress(bytes).ToString();
    }

    /// <summary>How many addresses the range has.</summary>
    public static long Size(IPNetwork range) => 1L << (32 - range.PrefixLength);

    /// <summary>The first /24 inside <paramref name="range"/> that overlaps none of <paramref name="taken"/>, or null.</summary>
    public static string? FirstFree24(IPNetwork range, IReadOnlyCollection<IPNetwork> taken)
    {
        for (long offset = 0; offset + 256 <= Size(range); offset += 256)
        {
            var candidate = new IPNetwork(IPAddress.Parse(At(range, offset)), 24);
            if (!taken.Any(t => Overlap(t, candidate)))
            {
                return candidate.ToString();
            }
        }

        return null;
    }

    private static uint First(IPNetwork range) => BinaryPrimitives.ReadUInt32BigEndian(range.BaseAddress.GetAddressBytes());
}
