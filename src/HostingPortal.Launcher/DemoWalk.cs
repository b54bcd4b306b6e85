using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace HostingPortal.Launcher;

/// <summary>The main job through the portal's REST API: people, account, project, node, two sites.</summary>
internal sealed class DemoWalk(SandboxChild sandbox, PortalChild portal, Places places, Progress progress)
{
    public const string Zone = "acme-studio.example";
    private const string StaticSite = "www." + Zone;
    private const string PhpSite = "shop." + Zone;

    public List<(string Role, string Email, string Password)> Logins { get; } = [];

    public async Task RunAsync(CancellationToken ct)
    {
        var project = await ProjectAsync(ct);
        using var owner = await SignInAsync("client owner", ct);
        var node = await progress.StepAsync("node from template lemp, from order to ready", () => NodeAsync(owner, project, ct));
        await progress.StepAsync("static site with certificate", () => SiteAsync(owner, project, "static", [StaticSite, Zone], ct));
        await progress.StepAsync("PHP site with certificate", () => SiteAsync(owner, project, "php", [PhpSite], ct));
        await progress.StepAsync("both sites over HTTPS on IPv4 and IPv6", () => CheckAsync(node, ct));
    }

    /// <summary>Everything up to a project of the client's own; returns its id.</summary>
    public async Task<string> ProjectAsync(CancellationToken ct)
    {
        using var admin = await progress.StepAsync("first admin and bearer token", () => FirstAdminAsync(ct));
        var client = await progress.StepAsync("client Acme Studio with an owner, and a support user", () => PeopleAsync(admin, ct));
        var account = await progress.StepAsync("Hetzner account, budget and DNS zone for the client", () => AccountAsync(admin, client, ct));
        using var owner = await SignInAsync("client owner", ct);
        return await progress.StepAsync(
            "project acme-shop, made by the client's owner",
            async () => (await owner.PostAsync("projects", new { clientId = client, accountId = account, name = "acme-shop" }, ct)).GetProperty("id").GetString()!);
    }

    private async Task<PortalApi> FirstAdminAsync(CancellationToken ct)
    {
        var link = new Uri((await File.ReadAllTextAsync(Path.Combine(places.PortalData, "setup-link.txt"), ct)).Trim());
        var (email, password) = Login("admin", "admin@hosting.example");
        using var anonymous = new PortalApi(portal.Address);
        await anonymous.PostAsync("setup", new { code = link.Query["?code=".Length..], email, displayName = "Mara Lind", password }, ct);
        return await SignInAsync("admin", ct);
    }

    private async Task<string> PeopleAsync(PortalApi admin, CancellationToken ct)
    {
        var client = (await admin.PostAsync("clients", new { name = "Acme Studio" }, ct)).GetProperty("id").GetString()!;
        var owner = Login("client owner", "ann@" + Zone);
        var support = Login("support", "support@hosting.example");
        await InviteAsync(admin, new { email = owner.Email, displayName = "Ann Keller", role = "client", clientId = client, clientRole = "owner" }, owner.Password, ct);
        await InviteAsync(admin, new { email = support.Email, displayName = "Jonas Brandt", role = "support" }, support.Password, ct);
        return client;
    }

    private async Task InviteAsync(PortalApi admin, object person, string password, CancellationToken ct)
    {
        var code = (await admin.PostAsync("users", person, ct)).GetProperty("inviteCode").GetString()!;
        using var anonymous = new PortalApi(portal.Address);
        await anonymous.PostAsync($"invites/{code}", new { password }, ct);
    }

    /// <summary>The zone exists at Hetzner before the portal knows of it, as with a customer who brings one.</summary>
    private async Task<string> AccountAsync(PortalApi admin, string client, CancellationToken ct)
    {
        var token = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64);
        using var hetzner = new HttpClient { BaseAddress = new Uri(sandbox.Api + "/") };
        hetzner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await hetzner.PostAsJsonAsync("zones", new { name = Zone, mode = "primary" }, ct)).EnsureSuccessStatusCode();
        var account = (await admin.PostAsync("accounts", new { name = "Sandbox account", token }, ct)).GetProperty("id").GetString()!;
        await admin.PutAsync($"accounts/{account}/allotments/{client}", new { monthlyBudget = 50 }, ct);
        await admin.PutAsync($"accounts/{account}/zones/{Zone}", new { clientId = client }, ct);
        return account;
    }

    /// <summary>Orders the cheapest fitting server and waits until it is ready; returns the node as REST gives it.</summary>
    public async Task<JsonElement> NodeAsync(PortalApi owner, string project, CancellationToken ct)
    {
        var offer = await owner.GetAsync($"projects/{project}/offer", ct);
        var template = offer.GetProperty("templates").EnumerateArray().First(t => t.GetProperty("name").GetString() == "lemp");
        var preferred = template.GetProperty("serverTypes").EnumerateArray().Select(t => t.GetString()).ToList();
        var choice = offer.GetProperty("catalog").GetProperty("serverTypes").EnumerateArray()
            .Where(t => preferred.Contains(t.GetProperty("name").GetString()) && t.GetProperty("architecture").GetString() == "x86")
            .OrderBy(t => preferred.IndexOf(t.GetProperty("name").GetString()))
            .SelectMany(t => t.GetProperty("offers").EnumerateArray().Where(o => o.GetProperty("available").GetBoolean())
                .Select(o => (Type: t.GetProperty("name").GetString(), Location: o.GetProperty("location").GetString())))
            .First();
        var ordered = await owner.PostAsync(
            "nodes", new { projectId = project, name = "web-1", template = "lemp", serverType = choice.Type, location = choice.Location, image = "debian-13" }, ct);
        await owner.WatchAsync(ordered.GetProperty("runId").GetInt64(), progress, ct);
        return await owner.GetAsync($"nodes/{ordered.GetProperty("nodeId").GetString()}", ct);
    }

    private async Task SiteAsync(PortalApi owner, string project, string kind, string[] names, CancellationToken ct)
    {
        var started = await owner.PostAsync("sites", new { projectId = project, kind, names }, ct);
        await owner.WatchAsync(started.GetProperty("runId").GetInt64(), progress, ct);
        var state = (await owner.GetAsync($"sites/{started.GetProperty("siteId").GetString()}", ct)).GetProperty("state").GetString();
        if (state is not ("online" or "slow"))
        {
            throw new LaunchException($"{names[0]} is {state} and does not answer.");
        }
    }

    private async Task CheckAsync(JsonElement node, CancellationToken ct)
    {
        foreach (var address in new[] { node.GetProperty("publicIpv4").GetString()!, node.GetProperty("publicIpv6").GetString()! })
        {
            await SiteCheck.HoldsAsync(StaticSite, address, sandbox.AcmeRoot, StaticSite, ct);
            await SiteCheck.HoldsAsync(PhpSite, address, sandbox.AcmeRoot, "PHP 8.4", ct);
        }
    }

    private (string Email, string Password) Login(string role, string email)
    {
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5) + "-" + RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTUVWXYZ23456789", 5)
            + "-" + RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5) + "7";
        Logins.Add((role, email, password));
        return (email, password);
    }

    public async Task<PortalApi> SignInAsync(string role, CancellationToken ct)
    {
        var login = Logins.First(l => l.Role == role);
        using var anonymous = new PortalApi(portal.Address);
        var token = (await anonymous.PostAsync("tokens", new { email = login.Email, password = login.Password, name = "demo" }, ct)).GetProperty("token").GetString()!;
        return new PortalApi(portal.Address, token);
    }
}
