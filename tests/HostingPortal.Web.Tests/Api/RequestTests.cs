using System.Net;
using System.Net.Http.Json;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Schedules;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Api;
using HostingPortal.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>What a page can ask a service for, a program can.</summary>
[Collection(PortalCollection.Name)]
public sealed class RequestTests(PortalHost host)
{
    [Fact]
    public async Task Node_OrderedWithBackupsAndProtection_IsOrderedSo()
    {
        var ct = TestContext.Current.CancellationToken;
        var tenant = await Tenant.CreateAsync(host, "rq" + Guid.NewGuid().ToString("n")[..8], ct);
        using var client = await host.ClientAsync(tenant.OwnerId);
        var order = new { projectId = tenant.ProjectId, name = "guarded", template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13", backups = true, @protected = true };
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsJsonAsync("/api/v1/nodes", order, ct)).StatusCode);
        await using var db = host.Database();
        var node = await db.Nodes.AsNoTracking().SingleAsync(n => n.ProjectId == tenant.ProjectId && n.Name == "guarded", ct);
        Assert.Equal((true, true), (node.Backups, node.Protected));
    }

    [Theory]
    [InlineData(typeof(OrderNode), typeof(NodesApi.NewNode))]
    [InlineData(typeof(CreateProject), typeof(ProjectsApi.NewProject))]
    [InlineData(typeof(CreateSite), typeof(SitesApi.NewSite))]
    [InlineData(typeof(ChangeSite), typeof(SitesApi.SiteChange))]
    [InlineData(typeof(CreateSchedule), typeof(SchedulesApi.NewSchedule))]
    [InlineData(typeof(ChangeSchedule), typeof(SchedulesApi.ScheduleChange))]
    public void Body_OfTheApi_HasEveryMemberOfTheServicesRequest(Type request, Type body)
    {
        var known = body.GetProperties().Select(p => p.Name).ToHashSet();
        Assert.DoesNotContain(request.GetProperties().Select(p => p.Name), name => !known.Contains(name));
    }
}
