using CliWrap;
using CliWrap.Buffered;
using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

/// <summary>What the API holds is what the DNS server answers, asked with dig.</summary>
public sealed class ZoneDnsTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task RecordSets_AreAnsweredAsTheyChange()
    {
        using var project = sandbox.NewProject();
        object[] sets =
        [
            new { name = "www", type = "CNAME", records = new[] { new { value = "web" } } },
            new { name = "web", type = "A", ttl = 60, records = new[] { new { value = "198.51.100.1" } } },
            new { name = "@", type = "MX", records = new[] { new { value = "10 mail" } } },
        ];
        await project.PostAsync("/zones", new { name = "answers.test", mode = "primary", rrsets = sets });
        Assert.Equal(["web.answers.test.", "198.51.100.1"], await DigAsync("www.answers.test", "A"));
        Assert.Equal(["10 mail.answers.test."], await DigAsync("answers.test", "MX"));
        await project.PostAsync("/zones/answers.test/rrsets/web/A/actions/set_records", new { records = new[] { new { value = "198.51.100.2" } } });
        Assert.Equal(["198.51.100.2"], await DigAsync("web.answers.test", "A"));
        await project.DeleteAsync("/zones/answers.test/rrsets/web/A", 201);
        Assert.Empty(await DigAsync("web.answers.test", "A"));
    }

    [Fact]
    public async Task Challenges_AddedOneAfterTheOther_AreBothAnswered()
    {
        using var project = sandbox.NewProject();
        await project.PostAsync("/zones", new { name = "challenge.test", mode = "primary" });
        foreach (var value in new[] { "\"one\"", "\"two\"" })
        {
            await project.PostAsync("/zones/challenge.test/rrsets/_acme-challenge/TXT/actions/add_records", new { records = new[] { new { value } } });
        }

        Assert.Equal(["\"one\"", "\"two\""], (await DigAsync("_acme-challenge.challenge.test", "TXT")).Order(StringComparer.Ordinal));
    }

    private async Task<string[]> DigAsync(string name, string type)
    {
        using var control = new Control(sandbox.Server);
        var dns = await control.GetAsync("info");
        var result = await Cli.Wrap("dig")
            .WithArguments(["+short", $"@{dns.Text("dns.address")}", "-p", dns.Text("dns.port")!, name, type])
            .ExecuteBufferedAsync();
        return result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
