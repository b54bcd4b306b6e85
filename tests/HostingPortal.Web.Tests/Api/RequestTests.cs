using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Schedules;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Api;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>What a page can ask a service for, a program can.</summary>
public sealed class RequestTests
{
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
