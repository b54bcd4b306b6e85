using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>A Primary installed by one command, with an admin and the main job done. Every test leaves a working one behind.</summary>
public sealed class InstalledPrimary : IAsyncLifetime
{
    private ManagedJob? managed;

    internal PrimaryLab Lab { get; private set; } = null!;

    internal PrimaryServer Server { get; set; } = null!;

    internal MainJob Work { get; private set; } = null!;

    internal string Token { get; private set; } = "";

    /// <summary>How long the one command took, building included.</summary>
    internal TimeSpan Took { get; private set; }

    internal string SetupLink { get; private set; } = "";

    /// <summary>A managed project, made by the first test that needs one.</summary>
    internal async Task<ManagedJob> ManagedAsync(CancellationToken ct)
    {
        using var admin = Server.SignIn(Token);
        return managed ??= await ManagedJob.RunAsync(Work, admin, ct);
    }

    /// <summary>The managed project has another master from now on.</summary>
    internal void Rebuilt(ManagedJob job) => managed = job;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Lab = await PrimaryLab.StartAsync(ct);
        try
        {
            Server = await Lab.OrderAsync(ct);
            var watch = Stopwatch.StartNew();
            var (code, output) = await Server.InstallAsync(ct, Lab.FirstWords());
            Took = watch.Elapsed;
            Assert.True(code == 0, output);
            SetupLink = output.Split('\n').Single(l => l.StartsWith("The first visit creates the admin, once: ", StringComparison.Ordinal)).Split(' ')[^1];
            Token = await PortalClient.SetUpAsync(Server.Address, SetupLink, ct, Server.Way());
            using var admin = Server.SignIn(Token);
            Work = await MainJob.RunAsync(Lab, admin, ct);
        }
        catch
        {
            await Lab.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    /// <summary>Name of the release in service.</summary>
    internal async Task<string> ReleaseAsync(CancellationToken ct) => (await Server.RunAsync("basename $(readlink /opt/hostingportal/portal/current)", ct)).Trim();

    /// <summary>The programs in service, fetched to change them into another release.</summary>
    internal async Task<DirectoryInfo> ProgramsAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hp-release-");
        var packed = Path.Combine(folder.FullName, "..", folder.Name + ".tar");
        await Server.RunAsync("tar -C /opt/hostingportal/portal/current -cf /root/programs.tar .", ct);
        await Server.FetchAsync("/root/programs.tar", packed, ct);
        await Tool.RunAsync(["tar", "-xf", packed, "-C", folder.FullName], ct);
        File.Delete(packed);
        return folder;
    }

    /// <summary>Changes the rules of a project's firewall at Hetzner by hand.</summary>
    internal async Task SetRulesAsync(string project, Action<JsonArray> change, CancellationToken ct)
    {
        using var cloud = Lab.CloudOf(Work.CloudToken);
        var found = JsonNode.Parse(await cloud.GetStringAsync(new Uri($"firewalls?label_selector=portal-id=={project}", UriKind.Relative), ct))!["firewalls"]![0]!;
        var rules = found["rules"]!.DeepClone().AsArray();
        change(rules);
        (await cloud.PostAsJsonAsync($"firewalls/{found["id"]}/actions/set_rules", new { rules }, ct)).EnsureSuccessStatusCode();
    }

    /// <summary>Which nodes the servers of the client say they are: a stray or a double would show.</summary>
    internal async Task<List<string>> MarkedServersAsync(CancellationToken ct)
    {
        using var cloud = Lab.CloudOf(Work.CloudToken);
        var answer = System.Text.Json.JsonElement.Parse(await cloud.GetStringAsync(new Uri("servers", UriKind.Relative), ct));
        return answer.GetProperty("servers").EnumerateArray().Select(s => s.GetProperty("labels").GetProperty("portal-id").GetString()!).Order(StringComparer.Ordinal).ToList();
    }
}

/// <summary>One installed Primary for all; its tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PrimaryCollection : ICollectionFixture<InstalledPrimary>
{
    public const string Name = "primary";
}
