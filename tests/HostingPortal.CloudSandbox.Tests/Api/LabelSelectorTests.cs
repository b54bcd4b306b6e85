using HostingPortal.CloudSandbox.Api;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["env"] = "prod", ["app.example.com/role"] = "web", ["empty"] = "" };

    [Theory]
    [InlineData("env=prod", true)]
    [InlineData("env==prod", true)]
    [InlineData("env = prod", true)]
    [InlineData("env=stage", false)]
    [InlineData("env!=prod", false)]
    [InlineData("env!=stage", true)]
    [InlineData("other!=x", true)]
    [InlineData("env", true)]
    [InlineData("other", false)]
    [InlineData("!env", false)]
    [InlineData("!other", true)]
    [InlineData("empty=", true)]
    [InlineData("env in (prod,stage)", true)]
    [InlineData("env in (stage)", false)]
    [InlineData("other in (stage)", false)]
    [InlineData("env notin (stage,test)", true)]
    [InlineData("env notin (prod)", false)]
    [InlineData("other notin (prod)", true)]
    [InlineData("app.example.com/role=web", true)]
    [InlineData("env=prod,!other,app.example.com/role in (web,db)", true)]
    [InlineData("env=prod,other", false)]
    public void Matches_Table(string selector, bool expected) => Assert.Equal(expected, LabelSelector.Parse(selector)!.Matches(Labels));

    [Theory]
    [InlineData("=x")]
    [InlineData("a===b")]
    [InlineData("a=b,")]
    [InlineData("a in b")]
    [InlineData("-a")]
    [InlineData("a=ü")]
    [InlineData("hetzner.cloud/x")]
    [InlineData("")]
    public void Parse_NoSelector_IsNull(string selector) => Assert.Null(LabelSelector.Parse(selector));
}
