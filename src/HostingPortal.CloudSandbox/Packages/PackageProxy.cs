using System.Net;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Images;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Packages;

/// <summary>
/// The servers' only way out: an HTTP proxy on the gateway that fetches from this machine's own package mirrors and from nowhere else.
/// Files whose name pins their content are kept for every sandbox of the machine.
/// </summary>
internal sealed class PackageProxy(LabOptions options, LabSlot lab, LabInfo info, AptSources sources, ILogger<PackageProxy> logger)
    : IHostedService, IDisposable
{
    private static readonly string[] Passed = ["Last-Modified", "ETag", "Content-Type"];

    private readonly HttpClient _mirrors = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) });
    private readonly IReadOnlyDictionary<string, Uri> _hosts = sources.Hosts;
    private readonly PackageCache _cache = new(Path.Combine(options.CacheDirectory, "packages"));
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app = await GatewayEndpoint.StartAsync([lab.Slot.GatewayIpv4, lab.Slot.GatewayIpv6], LabPorts.Packages, AnswerAsync, cancellationToken);
        info.PackageProxy = $"http://{lab.Slot.GatewayIpv4}:{LabPorts.Packages}";
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    public void Dispose() => _mirrors.Dispose();

    /// <summary>Requests come in absolute form: <c>GET http://mirror/debian/pool/… HTTP/1.1</c>.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !_hosts.TryGetValue(context.Request.Host.Value ?? "", out var mirror))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("Lab servers reach the package mirrors of their host and nothing else.\n");
            return;
        }

        var uri = new Uri(mirror, context.Request.Path + context.Request.QueryString);
        try
        {
            await (PackageCache.IsImmutable(uri) ? FromCacheAsync(context, uri) : PassAsync(context, uri));
        }
        catch (HttpRequestException failure) when (!context.Response.HasStarted)
        {
            logger.LogInformation(failure, "{Uri} could not be fetched", uri);
            context.Response.StatusCode = (int)(failure.StatusCode ?? HttpStatusCode.BadGateway);
        }
    }

    private async Task FromCacheAsync(HttpContext context, Uri uri)
    {
        var path = await _cache.GetAsync(uri, FetchAsync).WaitAsync(context.RequestAborted);
        await Results.File(path, "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context);
    }

    private async Task FetchAsync(Uri uri, string path)
    {
        using var response = await _mirrors.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var file = File.Create(path);
        await response.Content.CopyToAsync(file);
    }

    /// <summary>Release files change, so the mirror is asked each time; apt's own condition spares the body.</summary>
    private async Task PassAsync(HttpContext context, Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (context.Request.Headers.IfModifiedSince is [{ } since])
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        }

        using var response = await _mirrors.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        var headers = response.Headers.Concat(response.Content.Headers);
        foreach (var (name, values) in headers.Where(header => Passed.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (response.StatusCode != HttpStatusCode.NotModified)
        {
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
