using System.Net;
using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Infrastructure.Content;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>Brings the executor to the content of this portal: a bare machine by the bootstrap script, a known one by its own program.</summary>
internal sealed class ExecutorSetup(
    ExecutorConnection connection, ExecutorProgram program, AnsibleContent content, IOptions<ExecutorOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim one = new(1);
    private (ExecutorInfo Info, DateTimeOffset At)? known;

    /// <summary>An answer of the last two minutes is taken as it is: each converge asks.</summary>
    public async Task<ExecutorInfo> EnsureAsync(Action<string> line, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (known is { } last && time.GetUtcNow() - last.At < Trusted)
            {
                return last.Info;
            }

            var found = await LookAsync(ct);
            if (found?.Content != content.Version)
            {
                await InstallAsync(found, line, ct);
                found = await LookAsync(ct);
            }

            if (found?.Content != content.Version)
            {
                throw new OutsideException("executor.failed", $"The executor still has content {found?.Content ?? "none"} after {content.Version} was installed.");
            }

            var info = new ExecutorInfo(content.Version, found.Ansible ?? "", await AddressesAsync(ct));
            known = (info, time.GetUtcNow());
            return info;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The next <see cref="EnsureAsync"/> looks again.</summary>
    public void Forget() => known = null;

    public void Dispose() => one.Dispose();

    private async Task<VersionAnswer?> LookAsync(CancellationToken ct)
    {
        try
        {
            return await program.CallAsync<VersionAnswer>(["version"], null, ct);
        }
        catch (OutsideException e) when (e.Code == "executor.not_installed")
        {
            return null;
        }
    }

    private async Task InstallAsync(VersionAnswer? found, Action<string> line, CancellationToken ct)
    {
        var archive = await ContentArchive.PackAsync(content, ct);
        line($"Executor: content {content.Version} is sent ({archive.Length / 1024} KiB).");
        if (found is null)
        {
            var upload = $"/var/tmp/content-{Guid.NewGuid():n}.tar.gz";
            await connection.RunAsync(["cat", ">", upload], archive, ct: ct);
            var script = await File.ReadAllBytesAsync(Path.Combine(content.Folder, "executor", "bootstrap.sh"), ct);
            await connection.RunAsync(["sudo", "-n", "bash", "-s", content.Version, upload], script, options.Value.InstallTimeout, line, ct);
            return;
        }

        await program.CallAsync<AnyAnswer>(["content", content.Version], archive, ct);
        await program.CallAsync<AnyAnswer>(["install", content.Version], null, ct, options.Value.InstallTimeout);
    }

    private async Task<IReadOnlyList<string>> AddressesAsync(CancellationToken ct)
    {
        if (options.Value.Addresses.Count > 0)
        {
            return [.. options.Value.Addresses];
        }

        var addresses = IPAddress.TryParse(options.Value.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(options.Value.Host, ct);
        return [.. addresses.Select(a => $"{a}/{a.GetAddressBytes().Length * 8}")];
    }
}
