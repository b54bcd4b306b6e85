using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace HostingPortal.Launcher.Bench;

/// <summary>One person over plain HTTP: pages with the cookies of a sign-in by the form, REST with a token.</summary>
internal sealed partial class Visit : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;
    private readonly (string Email, string Password) person;
    private string? token;

    private Visit(Uri portal, string email, string password, IPAddress from)
    {
        person = (email, password);
        http = new HttpClient(LoopbackAddress.Handler(() => from, cookies)) { BaseAddress = portal };
    }

    /// <exception cref="LaunchException">The portal did not let the person in.</exception>
    /// <param name="from">Address of this machine that the person comes from; null: the usual one.</param>
    public static async Task<Visit> SignInAsync(Uri portal, string email, string password, CancellationToken ct, IPAddress? from = null)
    {
        var visit = new Visit(portal, email, password, from ?? IPAddress.Loopback);
        var form = await visit.http.GetStringAsync(new Uri("/sign-in", UriKind.Relative), ct);
        form = form[form.IndexOf("<form", StringComparison.Ordinal)..form.IndexOf("</form>", StringComparison.Ordinal)];
        var fields = Hidden().Matches(form).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["Input.Email"] = email;
        fields["Input.Password"] = password;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await visit.http.PostAsync(new Uri("/sign-in", UriKind.Relative), content, ct);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new LaunchException($"{email} could not sign in: {(int)answer.StatusCode}.");
        }

        return visit;
    }

    /// <summary>Opens an address and reads its whole answer.</summary>
    /// <param name="trace">32 hexadecimal digits under which the portal logs what it does for this request.</param>
    /// <exception cref="LaunchException">The answer is none that a person would want to see.</exception>
    public async Task OpenAsync(string path, string trace, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{trace}-{trace[..16]}-01");
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ??= await TokenAsync(ct));
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        if (answer.StatusCode != HttpStatusCode.OK || body.Contains("note bad\" role=\"alert\"", StringComparison.Ordinal))
        {
            throw new LaunchException($"{path} answered {(int)answer.StatusCode}{(answer.StatusCode == HttpStatusCode.OK ? " with an error on the page" : "")}.");
        }
    }

    /// <summary>Opens a page and makes it live, as a browser does.</summary>
    public async Task<LivePage> GoLiveAsync(string path, CancellationToken ct)
    {
        var html = await http.GetStringAsync(new Uri(path, UriKind.Relative), ct);
        return await LivePage.TakeOverAsync(new Uri(http.BaseAddress!, path), html, cookies.GetCookieHeader(http.BaseAddress!), http, ct);
    }

    public void Dispose() => http.Dispose();

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        using var anonymous = new PortalApi(http.BaseAddress!);
        return (await anonymous.PostAsync("tokens", new { email = person.Email, password = person.Password, name = "bench" }, ct)).GetProperty("token").GetString()!;
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/>""")]
    private static partial Regex Hidden();
}
