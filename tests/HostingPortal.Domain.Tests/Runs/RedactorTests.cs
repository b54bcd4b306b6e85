using System.Text;
using System.Text.Json;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Xunit;

namespace HostingPortal.Domain.Tests.Runs;

public sealed class RedactorTests
{
    private const string Canary = "c4n4ry/\"ü+w&x:s3cr3t";
    private static readonly Redactor Redactor = new([new Secret(Canary), new Secret("short")]);

    [Fact]
    public void Clean_EveryForm_LeavesNothing()
    {
        string[] forms = [Canary, JsonSerializer.Serialize(Canary).Trim('"'), Uri.EscapeDataString(Canary)];
        Assert.All(forms, form => Assert.Equal("before ••• after", Redactor.Clean($"before {form} after")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    public void Clean_Base64AtAnyAlignment_LeavesNothingToDecode(string prefix)
    {
        foreach (var suffix in new[] { "", "x", "xy", "xyz" })
        {
            var clean = Redactor.Clean(Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + Canary + suffix)));
            Assert.Contains("•••", clean, StringComparison.Ordinal);
            Assert.True(clean.Replace("•••", "", StringComparison.Ordinal).Length <= 16, clean);
        }
    }

    [Fact]
    public void Clean_SeveralInOneLine_AllGo() => Assert.Equal("•••,•••", Redactor.Clean($"{Canary},{Canary}"));

    [Theory]
    [InlineData("nothing here")]
    [InlineData("a short word")]
    public void Clean_NoSecret_StaysAsItIs(string text) => Assert.Equal(text, Redactor.Clean(text));
}
