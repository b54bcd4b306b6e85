using System.Collections;
using System.Reflection;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Tests.Hostile;

/// <summary>Writes a template that would run into every text of an object and of all it leads to, found by reflection, but for names nobody chooses.</summary>
internal static class Paint
{
    /// <summary>Made by the portal or shipped with it: ids, and what the content's templates are called.</summary>
    private static readonly HashSet<string> Made = [$"{nameof(NodeTemplate)}.{nameof(NodeTemplate.Name)}", "Node.Template", "Node.Image", "AcmeSettings.BrokerUser"];

    public static string Text(string field) => $"{{{{ lookup('pipe','touch /tmp/canary') }}}} {field}";

    /// <returns>The fields that were painted, e.g. <c>Node.Name</c>.</returns>
    public static IReadOnlyCollection<string> Over(object graph)
    {
        var painted = new SortedSet<string>(StringComparer.Ordinal);
        Walk(graph, painted, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return painted;
    }

    private static void Walk(object thing, SortedSet<string> painted, HashSet<object> seen)
    {
        if (thing is IEnumerable many and not string)
        {
            foreach (var one in many.Cast<object>().Where(one => one is not string))
            {
                Walk(one, painted, seen);
            }

            return;
        }

        if (thing.GetType().Assembly != typeof(DomainServices).Assembly || !seen.Add(thing))
        {
            return;
        }

        foreach (var member in thing.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            var name = $"{member.DeclaringType!.Name}.{member.Name}";
            var value = member.GetValue(thing);
            if (member.CanWrite && New(member.PropertyType, name) is { } text)
            {
                if (!Made.Contains(name) && member.Name != "Id" && !member.Name.EndsWith("Id", StringComparison.Ordinal))
                {
                    member.SetValue(thing, text);
                    painted.Add(name);
                }
            }
            else if (value is not null and not Secret)
            {
                Walk(value, painted, seen);
            }
        }
    }

    private static object? New(Type type, string name) =>
        type == typeof(string) ? Text(name) : type == typeof(Secret) ? new Secret(Text(name)) : type == typeof(IReadOnlyList<string>) ? new[] { Text(name) } : null;
}
