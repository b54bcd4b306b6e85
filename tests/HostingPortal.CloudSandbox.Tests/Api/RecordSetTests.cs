using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class RecordSetTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static int _zones;

    [Fact]
    public async Task LifeCycle_EveryOperation_FitsTheDocument()
    {
        using var project = sandbox.NewProject();
        var zone = await NewZoneAsync(project);
        var set = $"{zone}/rrsets/www/A";
        await project.DoneAsync(await project.PostAsync($"{zone}/rrsets", new { name = "www", type = "A", ttl = 300, records = Records("198.51.100.1") }));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/add_records", new { records = Records("198.51.100.2") }));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/set_records", new { records = Records("198.51.100.3", "198.51.100.4") }));
        var comment = new[] { new { value = "198.51.100.3", comment = "main" } };
        await project.DoneAsync(await project.PostAsync($"{set}/actions/update_records", new { records = comment }, 200));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/remove_records", new { records = Records("198.51.100.4") }));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/change_ttl", new { ttl = (int?)null }));
        await project.PutAsync(set, new { labels = new { a = "b" } });
        var read = await project.GetAsync(set);
        Assert.Equal(("198.51.100.3", "main", null), (read.Text("rrset.records.0.value"), read.Text("rrset.records.0.comment"), read.Text("rrset.ttl")));
        Assert.Equal(["www/A"], (await project.GetAsync($"{zone}/rrsets?type=A&label_selector=a")).Texts("rrsets", "id"));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/change_protection", new { change = true }));
        Assert.Equal("protected", await project.RefusedAsync(HttpMethod.Delete, set, null, 423));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/change_protection", new { change = false }));
        await project.DoneAsync(await project.DeleteAsync(set, 201));
        Assert.Equal("not_found", await project.RefusedAsync(HttpMethod.Get, set, null, 404));
    }

    [Fact]
    public async Task AddRecords_TwoChallengesOfOneName_StandSideBySideUntilRemoved()
    {
        using var project = sandbox.NewProject();
        var zone = await NewZoneAsync(project);
        var set = $"{zone}/rrsets/_acme-challenge/TXT";
        await project.DoneAsync(await project.PostAsync($"{set}/actions/add_records", new { ttl = 120, records = Records("\"one\"") }));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/add_records", new { ttl = 120, records = Records("\"two\"") }));
        Assert.Equal(["\"one\"", "\"two\""], (await project.GetAsync(set))["rrset"]!.Texts("records", "value"));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/remove_records", new { records = Records("\"one\"") }));
        await project.DoneAsync(await project.PostAsync($"{set}/actions/remove_records", new { records = Records("\"two\"") }));
        Assert.Equal("not_found", await project.RefusedAsync(HttpMethod.Get, set, null, 404));
    }

    [Fact]
    public async Task AddRecords_OtherTtlThanTheSetHas_IsRefused()
    {
        using var project = sandbox.NewProject();
        var set = $"{await NewZoneAsync(project)}/rrsets/a/A/actions/add_records";
        await project.PostAsync(set, new { ttl = 120, records = Records("198.51.100.1") });
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, set, new { ttl = 60, records = Records("198.51.100.2") }, 422));
    }

    [Fact]
    public async Task Create_CnameBesideOtherRecords_IsRefused()
    {
        using var project = sandbox.NewProject();
        var zone = await NewZoneAsync(project);
        await project.PostAsync($"{zone}/rrsets", new { name = "www", type = "A", records = Records("198.51.100.1") });
        var cname = new { name = "www", type = "CNAME", records = Records("other.test.") };
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, $"{zone}/rrsets", cname, 422));
    }

    [Theory]
    [InlineData("A", "2001:db8::1")]
    [InlineData("A", "1.2.3")]
    [InlineData("AAAA", "198.51.100.1")]
    [InlineData("TXT", "unquoted")]
    [InlineData("TXT", "\"open")]
    [InlineData("MX", "mail.example.com.")]
    [InlineData("SRV", "1 2 host.")]
    [InlineData("CAA", "0 issue letsencrypt.org")]
    [InlineData("CNAME", "not a name")]
    public async Task Create_ValueThatDoesNotFitTheType_IsRefused(string type, string value)
    {
        using var project = sandbox.NewProject();
        var zone = await NewZoneAsync(project);
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, $"{zone}/rrsets", new { name = "x", type, records = Records(value) }, 422));
    }

    [Fact]
    public async Task Create_TxtStringOver255Bytes_SaysSo()
    {
        using var project = sandbox.NewProject();
        var set = new { name = "x", type = "TXT", records = Records($"\"{new string('a', 256)}\"") };
        var (_, body) = await project.SendAsync(HttpMethod.Post, $"{await NewZoneAsync(project)}/rrsets", set);
        Assert.Contains("a TXT string exceeds 255 characters", body!.Text("error.message"), StringComparison.Ordinal);
    }

    private static object[] Records(params string[] values) => [.. values.Select(value => new { value })];

    private static async Task<string> NewZoneAsync(ApiClient project)
    {
        var name = $"records{Interlocked.Increment(ref _zones)}.test";
        await project.DoneAsync(await project.PostAsync("/zones", new { name, mode = "primary" }));
        return $"/zones/{name}";
    }
}
