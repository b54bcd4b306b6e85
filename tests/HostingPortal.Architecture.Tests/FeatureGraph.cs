using HostingPortal.Architecture.Tests.Support;
using Mono.Cecil;

namespace HostingPortal.Architecture.Tests;

/// <summary>Which feature folder of the domain names which other one.</summary>
internal static class FeatureGraph
{
    private const string Root = "HostingPortal.Domain.";

    /// <summary>The context names every entity; the table of contents and the conventions name every feature.</summary>
    private static readonly string[] Composition = ["PortalDbContext", "DomainServices", "Conventions", "HistoryTables"];

    public static string? Feature(string typeName)
    {
        var rest = typeName.StartsWith(Root, StringComparison.Ordinal) ? typeName[Root.Length..] : "";
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : rest[..dot];
    }

    public static IReadOnlyList<(string From, string To, string Type, string Uses)> Edges(ModuleDefinition module) =>
        (from type in module.Written()
         where !Composition.Contains(type.Name)
         let owner = Feature(type.FullName)
         where owner is not null
         from used in TypeUse.NamesUsedBy(type)
         let target = Feature(used)
         where target is not null && target != owner && !Composition.Any(c => used.EndsWith("." + c, StringComparison.Ordinal))
         orderby owner, target, type.Name, used
         select (owner, target, type.Name, used)).ToList();

    /// <summary>One cycle, as the folders along it, or empty.</summary>
    public static IReadOnlyList<string> Cycle(IEnumerable<(string From, string To)> edges)
    {
        var next = edges.Distinct().ToLookup(e => e.From, e => e.To);
        var done = new HashSet<string>();
        foreach (var start in next.Select(n => n.Key))
        {
            if (Walk(start, [], next, done) is { Count: > 0 } cycle)
            {
                return cycle;
            }
        }

        return [];
    }

    private static List<string> Walk(string at, List<string> path, ILookup<string, string> next, HashSet<string> done)
    {
        if (path.IndexOf(at) is >= 0 and var from)
        {
            return [.. path[from..], at];
        }

        if (!done.Contains(at))
        {
            foreach (var to in next[at])
            {
                if (Walk(to, [.. path, at], next, done) is { Count: > 0 } cycle)
                {
                    return cycle;
                }
            }

            done.Add(at);
        }

        return [];
    }
}
