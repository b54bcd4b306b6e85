namespace HostingPortal.CloudSandbox.Machines.Images;

/// <summary>Package mirrors this machine itself uses; servers get theirs from nowhere else.</summary>
/// <param name="Entries">Each address with the suites taken from it.</param>
internal sealed record AptSources(IReadOnlyList<AptSources.Entry> Entries)
{
    /// <param name="Uri">Without a trailing slash.</param>
    /// <param name="Suites">E.g. <c>trixie</c>, <c>trixie-updates</c>.</param>
    internal sealed record Entry(Uri Uri, IReadOnlyList<string> Suites);

    /// <summary>Mirror of the main archive.</summary>
    public string Mirror => Of(entry => !entry.Suites.Any(IsSecurity) && IsArchive(entry.Uri, "debian"))
        ?? throw new LabException("The apt sources of this machine name no Debian mirror (an address ending in /debian): lab servers need one.");

    public string SecurityMirror => Of(entry => entry.Suites.Any(IsSecurity)) ?? Mirror + "-security";

    /// <summary>Hosts the package proxy lets servers reach, with the scheme they are reached by.</summary>
    public IReadOnlyDictionary<string, Uri> Hosts => Entries.Select(entry => entry.Uri).Append(new Uri(Mirror)).Append(new Uri(SecurityMirror))
        .GroupBy(uri => uri.Authority, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);

    public static AptSources Read(string folder = "/etc/apt")
    {
        var lists = Files(folder, "*.list").SelectMany(path => OneLine(File.ReadLines(path)));
        var sources = Files(folder, "*.sources").SelectMany(path => Deb822(File.ReadAllText(path)));
        return new AptSources([.. sources.Concat(lists)]);
    }

    /// <summary>Lines such as <c>deb [arch=amd64 signed-by=/x] http://mirror.example/debian trixie main</c>.</summary>
    public static IEnumerable<Entry> OneLine(IEnumerable<string> lines) =>
        from line in lines
        let words = line.Split('#')[0].Split(' ', '\t').Where(word => word.Length > 0).ToList()
        where words.Count > 2 && words[0] == "deb"
        let options = words[1].StartsWith('[') ? words.FindIndex(word => word.EndsWith(']')) : 0
        where options >= 0 && words.Count > options + 2
        from uri in Resolve(words[options + 1])
        select new Entry(uri, [words[options + 2]]);

    /// <summary>Paragraphs of <c>Types:</c>, <c>URIs:</c>, <c>Suites:</c>.</summary>
    public static IEnumerable<Entry> Deb822(string text) =>
        from paragraph in text.ReplaceLineEndings("\n").Split("\n\n")
        let fields = Fields(paragraph)
        where fields.GetValueOrDefault("Types", []).Contains("deb") && fields.GetValueOrDefault("Enabled", ["yes"]) is not ["no"]
        from uri in fields.GetValueOrDefault("URIs", []).SelectMany(Resolve)
        select new Entry(uri, fields.GetValueOrDefault("Suites", []));

    private static Dictionary<string, string[]> Fields(string paragraph)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in paragraph.Split('\n').Where(line => !line.StartsWith('#') && line.Contains(':')))
        {
            var colon = line.IndexOf(':');
            fields.TryAdd(line[..colon].Trim(), Words(line[(colon + 1)..]));
        }

        return fields;
    }

    /// <summary><c>mirror+file:/etc/apt/mirrors/debian.list</c> stands for the addresses in that file.</summary>
    private static IEnumerable<Uri> Resolve(string address)
    {
        const string ListOf = "mirror+file:";
        var addresses = address.StartsWith(ListOf, StringComparison.Ordinal)
            ? File.ReadLines(address[ListOf.Length..]).Select(line => Words(line).FirstOrDefault() ?? "")
            : [address];
        return from each in addresses
               where each.StartsWith("http://", StringComparison.Ordinal) || each.StartsWith("https://", StringComparison.Ordinal)
               select new Uri(each.TrimEnd('/'));
    }

    private string? Of(Func<Entry, bool> wanted) => Entries.FirstOrDefault(wanted)?.Uri.ToString().TrimEnd('/');

    private static bool IsArchive(Uri uri, string name) => uri.AbsolutePath.TrimEnd('/').EndsWith("/" + name, StringComparison.Ordinal);

    private static bool IsSecurity(string suite) => suite.Contains("-security", StringComparison.Ordinal);

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        ((string[])[folder, Path.Combine(folder, "sources.list.d")]).Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, pattern).Order());
}
