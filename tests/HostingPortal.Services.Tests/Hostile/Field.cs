using System.Collections;
using System.Reflection;
using HostingPortal.Domain;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Security;
using HostingPortal.Services.Tests.Access;

namespace HostingPortal.Services.Tests.Hostile;

/// <summary>One place where a service method takes text: a parameter, or a member of a request, at any depth and in lists.</summary>
/// <param name="Path">Members from the parameter to the text; none for a parameter that is text itself.</param>
internal sealed record Field(MethodInfo Method, ParameterInfo Parameter, IReadOnlyList<PropertyInfo> Path)
{
    /// <summary>Services, and what takes words of nodes and strangers without an actor.</summary>
    private static readonly IReadOnlyList<MethodInfo> Methods =
    [
        .. typeof(DomainServices).Assembly.GetExportedTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && (t.Name.EndsWith("Service", StringComparison.Ordinal) || t.Name.EndsWith("Queries", StringComparison.Ordinal)
                || t.Name is nameof(DnsBroker) or "SignInLimits" or "RequestKeys"))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(m => !m.IsSpecialName),
    ];

    public static IReadOnlyList<Field> All { get; } = [.. Methods.SelectMany(m => m.GetParameters().SelectMany(p => Of(m, p, [], p.ParameterType)))];

    /// <summary>What its decision is filed under: <c>CreateSite.Names</c> for a member of a request, else the parameter's name.</summary>
    public string Key => Path.Count > 0 ? $"{Path[^1].DeclaringType!.Name}.{Path[^1].Name}" : Parameter.Name!;

    /// <summary>Where the rule of a parameter differs from that of its namesakes, e.g. <c>NameService.AddAsync.name</c>.</summary>
    public string OwnKey => $"{Calls.Name(Method)}.{Key}";

    /// <summary>What a refusal has to name; of a list within a request the list.</summary>
    public string Input => Path.Count > 0 ? Path[0].Name : Parameter.Name == "writtenName" ? "Name" : Parameter.Name!;

    /// <summary>Whether a request has the list in which this text stands.</summary>
    public bool Fits(object? valid) => Path.Count < 2 || Path[0].GetValue(valid) is not null;

    /// <summary>A copy of a valid request in which this text is another.</summary>
    public object Put(object? valid, string text) => Path.Count == 0 ? text : Put(valid!, 0, text);

    private object Put(object request, int depth, string text)
    {
        var copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(request, null)!;
        var member = Path[depth];
        object value = depth == Path.Count - 1 ? text : Put(((IEnumerable)member.GetValue(copy)!).Cast<object>().First(), depth + 1, text);
        if (member.PropertyType != typeof(string))
        {
            var list = Array.CreateInstance(member.PropertyType.GetGenericArguments()[0], 1);
            list.SetValue(value, 0);
            value = list;
        }

        member.SetValue(copy, value);
        return copy;
    }

    private static IEnumerable<Field> Of(MethodInfo method, ParameterInfo parameter, IReadOnlyList<PropertyInfo> path, Type type)
    {
        var element = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : type;
        if (element == typeof(string))
        {
            return [new Field(method, parameter, path)];
        }

        return element == typeof(Actor) || element.Assembly != typeof(DomainServices).Assembly || !element.IsClass
            ? []
            : element.GetProperties().Where(p => p.CanWrite).SelectMany(p => Of(method, parameter, [.. path, p], p.PropertyType));
    }
}
