using Mono.Cecil;

namespace HostingPortal.Architecture.Tests.Support;

/// <summary>The compiled assemblies, read without running them.</summary>
internal static class Compiled
{
    public static ModuleDefinition Domain { get; } = Read("HostingPortal.Domain");

    public static ModuleDefinition Infrastructure { get; } = Read("HostingPortal.Infrastructure");

    public static ModuleDefinition Web { get; } = Read("HostingPortal.Web");

    public static ModuleDefinition CloudSandbox { get; } = Read("HostingPortal.CloudSandbox");

    /// <summary>This assembly: its samples show that each rule can fail.</summary>
    public static ModuleDefinition Here { get; } = Read("HostingPortal.Architecture.Tests");

    public static IReadOnlyList<ModuleDefinition> Product { get; } = [Domain, Infrastructure, Web, CloudSandbox];

    /// <summary>Types people wrote, by full name; what the compiler made belongs to the type it is nested in.</summary>
    public static IEnumerable<TypeDefinition> Written(this ModuleDefinition module) =>
        module.Types.Where(t => t.Name != "<Module>" && !t.Name.Contains('<') && t.Namespace.StartsWith("HostingPortal", StringComparison.Ordinal));

    /// <summary>The type and everything nested in it.</summary>
    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    public static IEnumerable<MethodDefinition> AllMethods(this TypeDefinition type) => type.WithNested().SelectMany(t => t.Methods);

    /// <summary>Methods the type calls, those its lambdas and state machines call included.</summary>
    public static IEnumerable<MethodReference> Calls(this TypeDefinition type) =>
        type.AllMethods().Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>();

    private static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
