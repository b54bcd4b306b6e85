using HostingPortal.Operations.Tests.Backups;

namespace HostingPortal.Operations.Tests.Faults;

/// <summary>A sample of <c>./portal test faults</c>: twenty kill points over two portals, MariaDB, executor and a node while runs go on.</summary>
[Trait("Suite", "primary")]
public sealed class StormTests
{
    [Fact]
    public async Task Storm_TwentyKillPoints_NothingIsLostDoubledOrStuck()
    {
        await using var portal = new UpPortal();
        var table = Path.Combine(portal.State, "storm.md");
        var (code, output) = await portal.CallAsync(TestContext.Current.CancellationToken, "test", "faults", "--storm", "--points", "20", "--seed", "20", "--table", table);
        Assert.True(code == 0, output);
        Assert.Contains("20 passed, 0 failed", output, StringComparison.Ordinal);
    }
}
