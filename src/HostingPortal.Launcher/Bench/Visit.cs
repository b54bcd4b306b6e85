using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace HostingPortal.Launcher.Bench;

/// <summary>One person over plain HTTP: pages with the cookies of a sign-in by the form, REST with a token.</summary>
internal sealed partial class Visit : IDisposable
{
    private readonly HttpClient http;
    private string token = "";

    private Visit(Uri portal) =>
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = portal };

    /// <exception cref="LaunchException">The portal did not let the person in.</exception>
    public static async Task<Visit> SignInAsync(Uri portal, string email, string password, CancellationToken ct)
    {
        var visit = new Visit(portal);
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

        using var anonymous = new PortalApi(portal);
        visit.token = (await anonymous.PostAsync("tokens", new { email, password, name = "bench" }, ct)).GetProperty("token").GetString()!;
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
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        if (answer.StatusCode != HttpStatusCode.OK || body.Contains("note bad\" role=\"alert\"", StringComparison.Ordinal))
        {
            throw new LaunchException($"{path} answered {(int)answer.StatusCode}{(answer.StatusCode == HttpStatusCode.OK ? " with an error on the page" : "")}.");
        }
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/>""")]
    private static partial Regex Hidden();
}
