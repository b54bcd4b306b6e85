using HostingPortal.Domain;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Sites;

/// <summary>Claims the names first: one that needs a proof keeps its claim, and the site follows as soon as all are verified.</summary>
public sealed partial class AddSite(
    NodeQueries nodeQueries, NameService names, SiteService sites, CurrentActor current, NavigationManager navigation, Texts texts) : ComponentBase
{
    private const int MostChoices = 100;
    private static readonly SiteKind[] Kinds = [SiteKind.Static, SiteKind.Php];
    private readonly List<NameRow> open = [];
    private IReadOnlyList<NodeRow> choices = [];
    private string name = "", more = "", nodeId = "";
    private string? search;
    private bool cut;
    private SiteKind kind = SiteKind.Static;

    [CascadingParameter] public Actor? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "project")] private string? Project { get; set; }

    private Texts T => texts;

    private async Task<IReadOnlyList<NodeRow>> ReadAsync(Actor actor, CancellationToken ct)
    {
        var page = await nodeQueries.ListAsync(actor, Project, new PageQuery(search, "project", PageSize: MostChoices), ct);
        cut = page.Total > page.Items.Count;
        return page.Items.Where(n => actor.MayManage(n.ClientId) && n.State != NodeState.Removing && n.Template != NodeTemplate.ProjectMaster).ToList();
    }

    /// <summary>More servers than a list is good for are searched.</summary>
    private void Search(string text)
    {
        search = text.Length == 0 ? null : text;
        StateHasChanged();
    }

    private Task Take(IReadOnlyList<NodeRow> nodes)
    {
        choices = nodes;
        nodeId = choices.Count == 1 ? choices[0].Id : choices.Any(n => n.Id == nodeId) ? nodeId : "";

        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        var actor = await current.GetAsync();
        var clientId = choices.First(n => n.Id == nodeId).ClientId;
        open.Clear();
        foreach (var host in Hosts())
        {
            var claimed = await names.AddAsync(actor, clientId, host, CancellationToken.None);
            if (claimed.VerifiedAt is null)
            {
                open.Add(claimed);
            }
        }

        if (open.Count == 0)
        {
            await CreateAsync(actor);
        }
    }

    private async Task GoOnAsync(NameRow verified)
    {
        open.RemoveAll(n => n.Id == verified.Id);
        if (open.Count == 0)
        {
            await CreateAsync(await current.GetAsync());
        }
    }

    private async Task CreateAsync(Actor actor)
    {
        var node = choices.First(n => n.Id == nodeId);
        var started = await sites.CreateAsync(actor, new CreateSite(node.ProjectId, node.Id, Hosts(), kind), CancellationToken.None);
        navigation.NavigateTo(Links.Site(node.ProjectId, started.SiteId));
    }

    private List<string> Hosts() => [name, .. more.Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
