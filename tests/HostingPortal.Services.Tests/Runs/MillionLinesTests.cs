using System.Diagnostics;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>A run of a million lines, written and read through the real storage. How long it takes is printed, beside the same on a run of a thousand lines.</summary>
public sealed class MillionLinesTests(MariaDbFixture server)
{
    private const int LinesPerEvent = 50;
    private const int EventsPerBatch = 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_OfAMillionLines_OpensReadsAndSearchesAtAnyPlace()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var small = await SeedAsync(world, portal, "alfa", 1_000);
        var large = await SeedAsync(world, portal, "beta", 1_000_000);

        foreach (var at in new[] { 1, 499_951, 999_801 })
        {
            var read = await TimeAsync(() => portal.Get<RunLogService>().GetLinesAsync(large.Tenant.Owner, large.Tenant.RunId, large.First + at - 1, 200, Ct));
            Assert.Equal(Enumerable.Range(at, 200).Select(n => $"line {n} of a package that was unpacked").Take(200), read.Value.Select(l => l.Text));
            Say($"200 lines from {at:N0}: {read.Took.TotalMilliseconds:0} ms");
        }

        var (near, far) = (await OpenAsync(portal, small), await OpenAsync(portal, large));
        Say($"open: {far.TotalMilliseconds:0} ms, of 1,000 lines {near.TotalMilliseconds:0} ms, ratio {far / near:0.0}");
        var literal = await TimeAsync(() => RunSearchTests.FindAsync(portal, large.Tenant, "line 1000000 of", false));
        Assert.Equal([large.First + 999_999], literal.Value);
        var regex = await TimeAsync(() => RunSearchTests.FindAsync(portal, large.Tenant, "line 9999[0-9]{2} of a .* unpacked$", true));
        Assert.Equal(Enumerable.Range(large.First + 999_899, 100), regex.Value);
        var every = await TimeAsync(() => RunSearchTests.FindAsync(portal, large.Tenant, "unpacked", false));
        Assert.Equal(1_000_000, every.Value.Count);
        Say($"whole log searched: literal at its end {literal.Took.TotalSeconds:0.00} s, regular expression at its end {regex.Took.TotalSeconds:0.00} s, a word of every line {every.Took.TotalSeconds:0.00} s");
    }

    private static async Task<(Tenant Tenant, int First)> SeedAsync(World world, Instance portal, string marker, int lines)
    {
        var tenant = await Tenant.CreateRunningAsync(portal, marker, Ct);
        var before = (await portal.Get<RunService>().GetAsync(tenant.Owner, tenant.RunId, Ct)).Run.LineCount;
        var events = Enumerable.Range(0, lines / LinesPerEvent).Select(e =>
            RunLogStore.Line(string.Join('\n', Enumerable.Range((e * LinesPerEvent) + 1, LinesPerEvent).Select(n => $"line {n} of a package that was unpacked"))));
        var stored = await TimeAsync(async () =>
        {
            await portal.StoreAsync(world, tenant.RunId, events.Chunk(EventsPerBatch), Ct);
            return true;
        });
        Say($"{lines:N0} lines stored in {stored.Took.TotalSeconds:0.0} s");
        return (tenant, before + 1);
    }

    private static async Task<TimeSpan> OpenAsync(Instance portal, (Tenant Tenant, int First) run)
    {
        var opened = await TimeAsync(async () =>
        {
            var detail = await portal.Get<RunService>().GetAsync(run.Tenant.Owner, run.Tenant.RunId, Ct);
            await portal.Get<RunLogService>().GetMatrixAsync(run.Tenant.Owner, run.Tenant.RunId, Ct);
            return await portal.Get<RunLogService>().GetLinesAsync(run.Tenant.Owner, run.Tenant.RunId, detail.Run.LineCount - 299, 300, Ct);
        });
        Assert.Equal(300, opened.Value.Count);
        return opened.Took;
    }

    private static async Task<(T Value, TimeSpan Took)> TimeAsync<T>(Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var value = await work();
        return (value, watch.Elapsed);
    }

    private static void Say(string text) => TestContext.Current.SendDiagnosticMessage("a million lines: " + text);
}
