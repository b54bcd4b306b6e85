using HostingPortal.Domain.Clients;
using HostingPortal.Web.Security;
using Xunit;

namespace HostingPortal.Web.Tests;

public sealed class SecurityTests
{
    private static readonly PortalUser Mara = new() { DisplayName = "Mara Lindqvist", Email = "mara@example.com" };

    [Theory]
    [InlineData("Password2026!")]
    [InlineData("qwertyqwerty")]
    [InlineData("123456123456")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("mara@example.com")]
    [InlineData("lindqvist1234")]
    [InlineData("1234567890123")]
    public void Password_EverybodyTriesFirst_IsCommon(string password) => Assert.True(CommonPasswords.IsCommon(password, Mara));

    [Theory]
    [InlineData("a sentence long enough 42")]
    [InlineData("vqkzmwhjxtrb")]
    [InlineData("wooden harbour 7 lamps")]
    public void Password_OfOnesOwn_IsNot(string password) => Assert.False(CommonPasswords.IsCommon(password, Mara));

    /// <summary>RFC 6238, appendix B, cut to six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheStandardsKey_IsTheStandardsCode(long seconds, string code) =>
        Assert.Equal(code, CodeProvider.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds / 30));

    [Theory]
    [InlineData("/invite/0123456789", "/invite/•••")]
    [InlineData("/api/v1/invites/0123456789/", "/api/v1/invites/•••")]
    [InlineData("/sites", "/sites")]
    public void Path_WithACode_IsLoggedWithoutIt(string path, string shown) => Assert.Equal(shown, HostingPortal.Web.Hosting.LoggingSetup.Shown(path));

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge, Windows")]
    [InlineData("", "?")]
    public void Device_OfABrowser_HasAName(string agent, string name) => Assert.Equal(name, Devices.NameOf(agent));
}
