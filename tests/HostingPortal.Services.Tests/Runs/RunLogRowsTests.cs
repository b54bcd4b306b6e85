using System.Text.Json;
using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>The rows behind matrix, filters and counts, made of the event stream while it is stored.</summary>
public sealed class RunLogRowsTests(MariaDbFixture server)
{
    private const long Start = 1_795_000_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_EveryStatus_IsARowAndCounts()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var before = await NodeAsync(world, tenant);
        string[] statuses = ["ok", "changed", "skipped", "failed", "unreachable", "ignored", "something new"];
        await portal.StoreAsync(world, tenant.RunId, [statuses.SelectMany((st, i) => new[] { Task(101 + i), Result(101 + i, tenant.NodeId, st, 40 + i) }).ToList()], Ct);

        await using var db = world.Database.CreateDbContext();
        var rows = await db.RunTaskResults.AsNoTracking().Where(r => r.RunId == tenant.RunId && r.TaskNumber > 100).OrderBy(r => r.TaskNumber).ToListAsync(Ct);
        Assert.Equal([TaskResult.Ok, TaskResult.Changed, TaskResult.Skipped, TaskResult.Failed, TaskResult.Unreachable, TaskResult.Ignored, TaskResult.Ok], rows.Select(r => r.Result));
        Assert.Equal(Enumerable.Range(40, 7), rows.Select(r => r.Milliseconds));
        var after = await NodeAsync(world, tenant);
        Assert.Equal((3, 1, 1, 1, true), (after.Ok - before.Ok, after.Changed - before.Changed, after.Skipped - before.Skipped, after.Failed - before.Failed, after.Unreachable));
    }

    /// <summary>A handler may run twice: the last result of a task on a node is the one that counts, also when the first was stored earlier.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_ATaskAgain_KeepsItsLastResultAndLongestTime(bool oneBatch)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        string first = Result(101, tenant.NodeId, "failed", 900), last = Result(101, tenant.NodeId, "ok", 300);
        await portal.StoreAsync(world, tenant.RunId, oneBatch ? [[Task(101), first, last]] : [[Task(101), first], [last]], Ct);

        await using var db = world.Database.CreateDbContext();
        var row = await db.RunTaskResults.AsNoTracking().SingleAsync(r => r.RunId == tenant.RunId && r.TaskNumber == 101, Ct);
        Assert.Equal((TaskResult.Ok, 300), (row.Result, row.Milliseconds));
        var task = await db.RunTasks.AsNoTracking().SingleAsync(t => t.RunId == tenant.RunId && t.Number == 101, Ct);
        Assert.Equal(oneBatch ? 300 : 900, task.DurationMilliseconds);
    }

    [Fact]
    public async Task Store_OverlongNames_AreCutAndLoseNothingElse()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await portal.StoreAsync(world, tenant.RunId, [[Task(101, new string('x', 5000)), Result(101, new string('h', 5000), "ok", 1)]], Ct);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(250, (await db.RunTasks.AsNoTracking().SingleAsync(t => t.RunId == tenant.RunId && t.Number == 101, Ct)).Name.Length);
        Assert.Equal(Ids.MaxLength, (await db.RunTaskResults.AsNoTracking().SingleAsync(t => t.RunId == tenant.RunId && t.TaskNumber == 101, Ct)).NodeId.Length);
        Assert.Contains(new string('x', 5000), await RunLogStore.StoredAsync(world, tenant.RunId, Ct), StringComparison.Ordinal);
    }

    private static string Task(int number, string name = "Install sites") => JsonSerializer.Serialize(new { t = Start, e = "task", n = number, role = "sites", name, action = "ansible.builtin.command" });

    private static string Result(int number, string host, string st, int ms) => JsonSerializer.Serialize(new { t = Start + ms, e = "result", n = number, h = host, st, ms });

    private static async Task<RunNode> NodeAsync(World world, Tenant tenant)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.RunNodes.AsNoTracking().SingleAsync(n => n.RunId == tenant.RunId && n.NodeId == tenant.NodeId, Ct);
    }
}
