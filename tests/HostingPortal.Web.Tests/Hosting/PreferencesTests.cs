using HostingPortal.Web.Hosting;

namespace HostingPortal.Web.Tests.Hosting;

public sealed class PreferencesTests
{
    [Theory]
    [InlineData("/runs/12?x=1", "/runs/12?x=1")]
    [InlineData("//evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData(null, "/")]
    public void LocalPath_Anything_StaysInThePortal(string? given, string path) => Assert.Equal(path, Preferences.LocalPath(given));
}
