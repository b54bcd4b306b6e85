using HostingPortal.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace HostingPortal.Web.Tests.Hosting;

public sealed class ProxySettingsTests
{
    /// <summary>The sections of Domain and Infrastructure have a test of their own.</summary>
    [Fact]
    public void Example_SectionOfTheWeb_HasEveryOptionWithItsDefault()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "appsettings.example.json")))
        {
            folder = folder.Parent!;
        }

        var section = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder.FullName, "appsettings.example.json")).Build().GetSection(ProxyOptions.Section);
        Assert.Equal(typeof(ProxyOptions).GetProperties().Select(p => p.Name), section.GetChildren().Select(c => c.Key));
        Assert.Equal(new ProxyOptions().KnownProxies, section.Get<ProxyOptions>()?.KnownProxies ?? []);
    }

    [Theory]
    [InlineData("10.0.0.4", true)]
    [InlineData("2001:db8::4", true)]
    [InlineData("balancer.example", false)]
    public void Options_WhatIsNoAddress_IsNamed(string proxy, bool good)
    {
        var answer = new ProxyOptions.Check().Validate(null, new ProxyOptions { KnownProxies = [proxy] });
        Assert.Equal((good, !good), (answer.Succeeded, answer.FailureMessage?.Contains(proxy, StringComparison.Ordinal) == true));
    }
}
