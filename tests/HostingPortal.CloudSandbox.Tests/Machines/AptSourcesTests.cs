using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Images;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

public sealed class AptSourcesTests
{
    [Fact]
    public void OneLine_WithOptionsAndComments_IsRead()
    {
        var sources = new AptSources([.. AptSources.OneLine(
        [
            "# deb http://commented.example/debian trixie main",
            "deb-src http://mirror.example/debian trixie main",
            "deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://mirror.example/debian/ trixie main contrib # nearest",
            "deb http://security.example/debian-security trixie-security main",
        ])]);

        Assert.Equal("https://mirror.example/debian", sources.Mirror);
        Assert.Equal("http://security.example/debian-security", sources.SecurityMirror);
        Assert.Equal(["mirror.example", "security.example"], sources.Hosts.Keys.Order());
    }

    [Fact]
    public void Deb822_WithDisabledParagraph_IsLeftOut()
    {
        var sources = new AptSources([.. AptSources.Deb822("""
            Types: deb
            URIs: http://off.example/debian
            Suites: trixie
            Enabled: no

            Types: deb deb-src
            # The next one counts.
            URIs: http://mirror.example/debian
            Suites: trixie trixie-updates
            Components: main
            """)]);

        Assert.Equal("http://mirror.example/debian", sources.Mirror);
        Assert.Equal("http://mirror.example/debian-security", sources.SecurityMirror);
    }

    [Fact]
    public void Mirror_WhereNoneIsNamed_SaysWhatIsMissing() =>
        Assert.Contains("Debian mirror", Assert.Throws<LabException>(() => new AptSources([]).Mirror).Message, StringComparison.Ordinal);
}
