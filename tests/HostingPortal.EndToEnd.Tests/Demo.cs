using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(HostingPortal.EndToEnd.Tests.Demo))]

namespace HostingPortal.EndToEnd.Tests;

/// <summary>
/// The whole product, started once by <c>./portal demo</c> as a newcomer would: sandbox with real servers, portal, a node and two sites. Journeys go on from
/// there in real Chromium.
/// </summary>
public sealed class Demo : IAsyncLifetime
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>How long a page may take on a busy machine, in milliseconds; nothing here measures time.</summary>
    private const float Patience = 20_000;

    private readonly PolicyWatch policy = new();
    private Process? process;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public JsonElement Facts { get; private set; }

    public Uri Address => new(Facts.GetProperty("address").GetString()!);

    public string Zone => Facts.GetProperty("zone").GetString()!;

    public static string Root { get; } = FindRoot();

    public static string Artifacts { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

    /// <summary>Starts the demo, or uses the one whose state folder <c>PORTAL_DEMO_STATE</c> names.</summary>
    public async ValueTask InitializeAsync()
    {
        var state = Environment.GetEnvironmentVariable("PORTAL_DEMO_STATE") is { Length: > 0 } running ? running : await StartAsync();
        Facts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(state, "demo.json"))).RootElement;
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });
    }

    /// <summary>Runs <c>./portal demo</c> to its end of the walk; returns its state folder.</summary>
    private async Task<string> StartAsync()
    {
        var state = "";
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        process = new Process
        {
            StartInfo = new ProcessStartInfo(Path.Combine(Root, "portal"), ["demo"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root },
        };
        void Take(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (log)
            {
                log.Add(line);
            }

            if (line.TrimStart().StartsWith("Logs ", StringComparison.Ordinal))
            {
                state = Path.GetDirectoryName(line.Trim()["Logs".Length..].Trim())!;
            }

            if (line.Contains("until you press Ctrl-C", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended, Task.Delay(TimeSpan.FromMinutes(20))) != ready.Task)
        {
            lock (log)
            {
                throw new InvalidOperationException("The demo did not come up:\n" + string.Join('\n', log));
            }
        }

        await File.WriteAllLinesAsync(Path.Combine(Root, "artifacts", "demo.log"), log);
        return state;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (process is { HasExited: false })
        {
            using (var term = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                await term.WaitForExitAsync();
            }

            await process.WaitForExitAsync();
        }

        process?.Dispose();
    }

    public (string Email, string Password) Login(string role)
    {
        var login = Facts.GetProperty("logins").GetProperty(role);
        return (login.GetProperty("email").GetString()!, login.GetProperty("password").GetString()!);
    }

    /// <summary>Closes every page, and fails when one of them violated the content security policy; tests here run one after the other.</summary>
    /// <param name="picture">Name of the pictures that are taken before, or null.</param>
    public async Task CloseAsync(string? picture)
    {
        foreach (var (context, number) in browser!.Contexts.ToList().Select((context, number) => (context, number)))
        {
            foreach (var page in picture is null ? [] : context.Pages)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Artifacts, $"{picture}-{number}.png") });
            }

            await context.CloseAsync();
        }

        policy.HeardNothing();
    }

    /// <summary>A fresh browser profile; nobody is signed in.</summary>
    public async Task<IPage> OpenAsync(int width = 1440, int height = 960, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, Locale = "en-GB",
        });
        context.SetDefaultTimeout(30_000);
        await policy.FollowAsync(context);
        return await context.NewPageAsync();
    }

    public async Task<IPage> SignInAsync(string role, int width = 1440, int height = 960, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenAsync(width, height, scheme);
        var (email, password) = Login(role);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return page;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HostingPortal.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in a checkout.");
        }

        return folder;
    }
}
