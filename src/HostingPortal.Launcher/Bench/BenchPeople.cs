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
}
