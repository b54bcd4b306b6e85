using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Nodes;

/// <summary>The wizard: every step works from the start, the order comes only after the review.</summary>
public sealed partial class AddNode(
    NodeService nodes, ProjectService projects, CurrentActor current, NavigationManager navigation, Texts texts, ILogger<AddNode> log) : ComponentBase
{
    private LoadView<ProjectAndOffer>? view;
    private NodeDraft? draft;
    private Problem? problem;
    private RuleViolationException? refusal;
    private bool busy;

    [Parameter] public required string ProjectId { get; set; }

    [CascadingParameter] public Actor? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "step")] private string? StepName { get; set; }

    private Texts T => texts;

    private string Step => StepName is "template" or "options" or "review" ? StepName : "place";

    private string StepHref(string step) => $"{Links.AddNode(ProjectId)}?step={step}";

    private async Task<ProjectAndOffer> ReadAsync(Actor actor, CancellationToken ct)
    {
        var project = await projects.GetAsync(actor, ProjectId, ct);
        if (!actor.MayOwn(project.ClientId))
        {
            throw new NotFoundException();
        }

        return new ProjectAndOffer(project, await nodes.GetOfferAsync(actor, ProjectId, ct));
    }

    private Task Draw(ProjectAndOffer read)
    {
        draft ??= NodeDraft.Start(read.Offer, read.Project.Nodes);
        draft.Renew(read.Offer);
        return Task.CompletedTask;
    }

    private Task RefreshAsync()
    {
        problem = null;
        return view?.ReloadAsync() ?? Task.CompletedTask;
    }

    private async Task OrderAsync()
    {
        if (busy || draft?.Price is null)
        {
            return;
        }

        (busy, problem, refusal) = (true, null, null);
        try
        {
            var ordered = await nodes.OrderAsync(await current.GetAsync(), draft.ToOrder(ProjectId), CancellationToken.None);
            navigation.NavigateTo(Links.Node(ProjectId, ordered.NodeId));
        }
        catch (RuleViolationException error)
        {
            refusal = error;
            problem = Problem.Of(error, texts);
            await (view?.ReloadAsync() ?? Task.CompletedTask);
        }
        catch (Exception error)
        {
            problem = Problem.Of(error, texts);
            log.LogError(error, "A node could not be ordered, correlation {Correlation}", problem.Correlation);
        }
        finally
        {
            busy = false;
        }
    }

    public sealed record ProjectAndOffer(ProjectRow Project, NodeOffer Offer);
}
