using System.Globalization;
using System.Security.Cryptography;

namespace HostingPortal.Launcher.Bench;

/// <summary>A portal with the large seed, an admin and the owner of one client, made once and kept.</summary>
internal static class BenchPeople
{
    public const string Admin = "admin@hosting.example";
    public const string Owner = "owner@client.example";

    /// <summary>Settings of a portal that never calls anybody: port 9 discards.</summary>
    public static Dictionary<string, string> Settings(int port) => new()
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture),
        ["Hetzner__Endpoint"] = "http://127.0.0.1:9/v1",
    };

    /// <returns>The password of both.</returns>
    public static async Task<string> PrepareAsync(Places places, int port, CancellationToken ct)
    {
        var kept = Path.Combine(places.State, "bench-password");
        if (File.Exists(kept))
        {
            return await File.ReadAllTextAsync(kept, ct);
        }

        places.Empty();
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24);
        await using var portal = await PortalChild.StartAsync(places, port, Settings(port), TimeSpan.FromMinutes(4), ct);
        await PortalTool.SeedAsync(places, ct);
        var link = new Uri((await File.ReadAllTextAsync(Path.Combine(places.PortalData, "setup-link.txt"), ct)).Trim());
        using var anonymous = new PortalApi(portal.Address);
        await anonymous.PostAsync("setup", new { code = link.Query["?code=".Length..], email = Admin, displayName = "Mara Lind", password }, ct);
        var token = (await anonymous.PostAsync("tokens", new { email = Admin, password, name = "bench" }, ct)).GetProperty("token").GetString();
        using var admin = new PortalApi(portal.Address, token);
        var invited = await admin.PostAsync("users", new { email = Owner, displayName = "Ann Keller", role = "client", clientId = PageList.Client, clientRole = "owner" }, ct);
        await anonymous.PostAsync($"invites/{invited.GetProperty("inviteCode").GetString()}", new { password }, ct);
        await File.WriteAllTextAsync(kept, password, ct);
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return password;
    }

    /// <summary>Owners of further clients, one each, made where they are missing.</summary>
    /// <returns>Their e-mail addresses; the password is that of all.</returns>
    public static async Task<IReadOnlyList<string>> CrowdAsync(Uri portal, string password, int count, CancellationToken ct)
    {
        using var anonymous = new PortalApi(portal);
        var token = (await anonymous.PostAsync("tokens", new { email = Admin, password, name = "bench" }, ct)).GetProperty("token").GetString();
        using var admin = new PortalApi(portal, token);
        var emails = Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"owner{n}@client.example")).ToList();
        foreach (var (at, email) in emails.Index())
        {
            var client = PageList.ClientOf(at + 1);
            var team = await admin.GetAsync($"clients/{client}/team", ct);
            if (!team.GetRawText().Contains($"\"{email}\"", StringComparison.Ordinal))
            {
                var invited = await admin.PostAsync("users", new { email, displayName = "Owner", role = "client", clientId = client, clientRole = "owner" }, ct);
                using var guest = new PortalApi(portal, from: LoopbackAddress.Of(2, at));
                await guest.PostAsync($"invites/{invited.GetProperty("inviteCode").GetString()}", new { password }, ct);
            }
        }

        return emails;
    }
}
