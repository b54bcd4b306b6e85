namespace HostingPortal.Web.Security;

/// <summary>Names a browser well enough for its owner to recognise it.</summary>
internal static class Devices
{
    /// <summary>Order matters: later browsers claim to be the earlier ones too.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <param name="userAgent">E.g. <c>Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0</c>, which gives <c>Firefox, Linux</c>.</param>
    public static string NameOf(string userAgent)
    {
        var found = new[] { Find(Browsers), Find(Systems) }.OfType<string>().ToList();
        return found.Count > 0 ? string.Join(", ", found) : "?";

        string? Find((string Mark, string Name)[] known) => known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
    }
}
