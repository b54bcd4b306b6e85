using HostingPortal.Domain;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Shared;

public sealed partial class DataList<TRow>(NavigationManager navigation, Texts texts) : ComponentBase
{
    private ListQuery query = new(null, null, false, 1);
    private LoadView<Page<TRow>>? view;

    [Parameter, EditorRequired] public required string Label { get; set; }

    [Parameter, EditorRequired] public required Func<Actor, PageQuery, CancellationToken, Task<Page<TRow>>> Source { get; set; }

    /// <summary>Reads again when it changes, e.g. a filter of the page.</summary>
    [Parameter] public object? Key { get; set; }

    [Parameter] public Func<FeedEntry, bool>? Watch { get; set; }

    /// <summary>Identity of a row.</summary>
    [Parameter, EditorRequired] public required Func<TRow, object> Id { get; set; }

    [Parameter, EditorRequired] public required RenderFragment Head { get; set; }

    [Parameter, EditorRequired] public required RenderFragment<TRow> Row { get; set; }

    /// <summary>Shown when there is nothing at all yet.</summary>
    [Parameter, EditorRequired] public required RenderFragment Empty { get; set; }

    /// <summary>The sentence for an empty result of the page's own filter; null when none is set.</summary>
    [Parameter] public string? Filtered { get; set; }

    [Parameter] public RenderFragment? Tools { get; set; }

    [Parameter] public bool Searchable { get; set; } = true;

    [Parameter] public string SearchLabel { get; set; } = "";

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageNumber { get; set; }

    private Texts T => texts;

    private string Path => new Uri(navigation.Uri).AbsolutePath;

    public Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;

    protected override void OnParametersSet() => query = ListQuery.Read(Search, Sort, PageNumber);

    private Task<Page<TRow>> ReadAsync(Actor actor, CancellationToken ct) => Source(actor, query.ToPageQuery(), ct);

    private string AddressOf(int page) => (query with { Page = page }).Address(navigation);

    private void SearchAsync(string text) =>
        navigation.NavigateTo((query with { Search = text.Length == 0 ? null : text, Page = 1 }).Address(navigation), new NavigationOptions { ReplaceHistoryEntry = true });
}
