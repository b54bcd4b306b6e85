using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace HostingPortal.Domain;

/// <summary>
/// Generated, permanent ids: a prefix for the kind and 16 characters, e.g. <c>n-01jd4h2k9q7xw3vb</c>. They sort by creation time and are
/// safe in YAML, shells, paths, labels and host names.
/// </summary>
public static partial class Ids
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public const int MaxLength = 32;

    /// <summary>45 bits of milliseconds, then 35 random bits, in lower-case Crockford base 32.</summary>
    public static string New(string prefix, TimeProvider time)
    {
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        Span<char> text = stackalloc char[16];
        for (var i = 8; i >= 0; i--, milliseconds >>= 5)
        {
            text[i] = Alphabet[(int)(milliseconds & 31)];
        }

        for (var i = 9; i < 16; i++)
        {
            text[i] = Alphabet[RandomNumberGenerator.GetInt32(32)];
        }

        return $"{prefix}-{text}";
    }

    /// <summary>A random secret of <paramref name="characters"/> characters, 5 bits each.</summary>
    public static string RandomText(int characters) => RandomNumberGenerator.GetString(Alphabet, characters);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    public static bool IsId(string text) => Pattern().IsMatch(text);
}
