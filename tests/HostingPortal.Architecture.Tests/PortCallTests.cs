using HostingPortal.Architecture.Tests.Support;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Outside effects happen in runs: only what a run handler uses calls the changing methods of a port.</summary>
public sealed class PortCallTests
{
    private static readonly string[] Reading = ["Get", "List"];

    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["BootstrapHandler"] = "run handler",
        ["DecommissionHandler"] = "run handler",
        ["OrderSteps"] = "middle of the handlers that order servers",
        ["NodeFallbacks"] = "the order itself, and the next of the chain where the first is sold out",
        ["NodeAccess"] = "keys, firewalls and networks for the handlers that order and remove servers",
        ["MasterHandover"] = "part of the bootstrap handler",
        ["KeyRotation"] = "middle of the jobs that replace keys",
        ["MasterContentJob"] = "job of a run",
        ["ReleaseNodesJob"] = "job of a run",
        ["MasterWatches"] = "part of every handler that plays on a Project Master",
        ["SiteRecords"] = "part of the converge handler: names of changed sites point to their node",
        ["ConvergePlay"] = "middle of every handler that touches nodes",
        ["PlayRunner"] = "starts, follows and stops the play of a run",
        ["DnsBroker"] = "the one named exception; audited",
    };

    [Fact]
    public void Callers_OfChangingPortMethods_AreHandlersAndTheirParts()
    {
        var callers = Compiled.Domain.Written().Concat(Compiled.Web.Written())
            .Where(t => t.Calls().Any(c => IsPort(c.DeclaringType.FullName) && !Reading.Any(r => c.Name.StartsWith(r, StringComparison.Ordinal)) && c.Name != "FollowAsync"))
            .Select(t => t.Name).Distinct().Order();
        Assert.Equal(Allowed.Keys.Order(), callers);
    }

    [Theory]
    [InlineData("IServerCloud", "NodeOrder")]
    [InlineData("IServerCloud", "NodeAccess")]
    [InlineData("IServerCloud", "OrderSteps")]
    public void Parts_OfHandlers_AreUsedByHandlersAlone(string port, string part)
    {
        Assert.NotEmpty(port);
        var users = Compiled.Domain.Written().Where(t => t.Name != part && t.Name != "DomainServices" && TypeUse.NamesUsedBy(t).Any(n => n.EndsWith("." + part, StringComparison.Ordinal)));
        Assert.All(users, user => Assert.Matches("(Handler|Job)$|^OrderSteps$", user.Name));
    }

    private static bool IsPort(string name) => name == typeof(IServerCloud).FullName || name == typeof(IExecutor).FullName || name == typeof(IInventoryStore).FullName;
}
