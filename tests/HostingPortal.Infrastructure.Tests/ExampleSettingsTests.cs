using System.Collections;
using System.Reflection;
using HostingPortal.Domain;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace HostingPortal.Infrastructure.Tests;

public sealed class ExampleSettingsTests
{
    /// <summary>Every class with a <c>Section</c>: what the portal reads settings into.</summary>
    private static readonly List<Type> OptionTypes =
    [
        .. new[] { typeof(PortalOptions).Assembly, typeof(InfrastructureServices).Assembly }.SelectMany(a => a.GetTypes()).Where(t => Section(t) is not null),
    ];

    private static readonly IConfigurationRoot Example = new ConfigurationBuilder().AddJsonFile(Find("appsettings.example.json")).Build();

    [Fact]
    public void Example_EveryOption_IsThereWithItsDefault()
    {
        Assert.True(OptionTypes.Count >= 8);
        foreach (var type in OptionTypes)
        {
            var section = Example.GetSection(Section(type)!);
            var names = Settings(type).Select(p => p.Name).Order();
            Assert.Equal(names, section.GetChildren().Select(c => c.Key).Order());
            var read = section.Get(type) ?? Activator.CreateInstance(type)!;
            foreach (var property in Settings(type))
            {
                Assert.Equal(Plain(property.GetValue(Activator.CreateInstance(type))), Plain(property.GetValue(read)));
            }
        }
    }

    [Fact]
    public void Example_NoFurtherSection_IsThereBesidesTheWebs() =>
        Assert.Equal(OptionTypes.Select(Section).Append("Proxy").Order(), Example.GetChildren().Select(c => c.Key).Order());

    private static string? Section(Type type) => type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    private static IEnumerable<PropertyInfo> Settings(Type type) => type.GetProperties().Where(p => p.CanWrite || p.GetValue(Activator.CreateInstance(type)) is IList);

    private static string Plain(object? value) => value is IList list ? string.Join(',', list.Cast<object>()) : $"{value}";

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, name)))
            {
                return Path.Combine(folder.FullName, name);
            }
        }

        throw new FileNotFoundException(name);
    }
}
