using HostingPortal.Architecture.Tests.Support;
using Mono.Cecil;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Rules about code itself, checked on what was compiled.</summary>
public sealed class CodeRuleTests
{
    private const int MaxParameters = 6;

    private static readonly string[] Banned =
    [
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
        "System.Threading.Tasks.Task`1::get_Result", "System.Threading.Tasks.Task::Wait", "System.Threading.Thread::Sleep",
    ];

    [Fact]
    public void Methods_OfTheProduct_AreNeverAsyncVoid() => Assert.Empty(Compiled.Product.SelectMany(AsyncVoid));

    [Fact]
    public void Methods_OfTheSample_AreFoundAsAsyncVoid() => Assert.Contains(AsyncVoid(Compiled.Here), m => m.EndsWith("ForgetsItsErrors", StringComparison.Ordinal));

    [Fact]
    public void Calls_OfTheProduct_AreNotBanned() => Assert.Empty(Compiled.Product.SelectMany(BannedCalls));

    [Fact]
    public void Calls_OfTheSample_AreFoundAsBanned()
    {
        var found = BannedCalls(Compiled.Here).Where(c => c.Contains("Violations", StringComparison.Ordinal)).ToList();
        Assert.Contains(found, c => c.Contains("DateTime::get_Now", StringComparison.Ordinal));
        Assert.Contains(found, c => c.Contains("get_Result", StringComparison.Ordinal));
        Assert.Contains(found, c => c.Contains("Process::Start", StringComparison.Ordinal));
    }

    [Fact]
    public void Constructors_OfTheProduct_TakeAtMostSix() => Assert.Empty(Compiled.Product.SelectMany(TooManyParameters));

    [Fact]
    public void Constructors_OfTheSample_AreFoundAsTooLong() => Assert.Contains(TooManyParameters(Compiled.Here), t => t.EndsWith("Violations", StringComparison.Ordinal));

    /// <summary>A context lives in one method: no type keeps one or is given one.</summary>
    [Fact]
    public void DbContext_OfTheDomain_IsMadeByTheFactoryAlone()
    {
        var keeping = Compiled.Domain.Written().Where(t => t.FullName != "HostingPortal.Domain.Persistence.PortalDbContext")
            .Where(t => t.Fields.Any(f => f.FieldType.Name == "PortalDbContext")
                || t.Methods.Any(m => m.IsConstructor && m.Parameters.Any(p => p.ParameterType.Name is "PortalDbContext" or "DbContext")));
        Assert.Empty(keeping.Select(t => t.FullName));
    }

    private static IEnumerable<string> AsyncVoid(ModuleDefinition module) =>
        module.Written().SelectMany(t => t.AllMethods())
            .Where(m => m.ReturnType.FullName == "System.Void" && m.CustomAttributes.Any(a => a.AttributeType.Name == "AsyncStateMachineAttribute"))
            .Select(m => $"{m.DeclaringType.FullName}::{m.Name}");

    private static IEnumerable<string> BannedCalls(ModuleDefinition module) =>
        from type in module.Written()
        from call in type.Calls()
        let name = $"{call.DeclaringType.GetElementType().FullName}::{call.Name}"
        where Banned.Contains(name) || (name == "System.Diagnostics.Process::Start" && call.Parameters.Count > 0 && call.Parameters[0].ParameterType.FullName == "System.String")
        select $"{type.FullName} calls {name}";

    /// <summary>Records carry data and may be wide; classes that work may not.</summary>
    private static IEnumerable<string> TooManyParameters(ModuleDefinition module) =>
        module.Written().SelectMany(t => t.WithNested())
            .Where(t => t.IsClass && !t.Name.Contains('<') && !t.Methods.Any(m => m.Name == "<Clone>$") && !t.IsValueType)
            .Where(t => t.Methods.Any(m => m.IsConstructor && m.Parameters.Count > MaxParameters)).Select(t => t.FullName);
}
