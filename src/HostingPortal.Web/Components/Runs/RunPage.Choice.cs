using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Runs;

/// <summary>What the reader chose: a cell, a line, a tab, something to look for.</summary>
public sealed partial class RunPage
{
    private static readonly TimeSpan SearchDrawing = TimeSpan.FromMilliseconds(100);
    private RunSearchState search = new();
    private CancellationTokenSource searching = new();
    private RunEvent? chosen;
    private RunLastTime? last;
    private (int Task, string Node)? selected;
    private bool? pane;

    private string NodeAddress(string nodeId) => Address("node", nodeId == Node ? null : nodeId);

    /// <summary>This page with another value in its query, without a place.</summary>
    private string Address(string name, string? value) =>
        navigation.GetUriWithQueryParameters(new Uri(navigation.Uri).GetLeftPart(UriPartial.Query), new Dictionary<string, object?> { [name] = value });

    private void ShowTab(string tab) => navigation.NavigateTo(Address("tab", tab == "result" ? null : tab), replace: true);

    private async Task SelectAsync((int Task, string Node) cell)
    {
        pane = true;
        var result = state.Find(cell.Task, cell.Node);
        await ChooseAsync(cell.Task, cell.Node, result?.Seq);
        if (result is null || log?.ShowLine(result.Line, result.Line) != true)
        {
            log?.ShowTask(cell.Task);
        }

        await (log?.MarkAsync(RunPlace.OfCell(cell.Task, RunWords.NodeName(state.Run, cell.Node))) ?? Task.CompletedTask);
    }

    private async Task ChooseLineAsync(int number)
    {
        var line = state.Lines.Find(number) ?? (await FetchAsync(number, 1, gone.Token) is [var found, ..] ? found : null);
        if (line is { Task: > 0, NodeId: { } node })
        {
            await ChooseAsync(line.Task, node, line.Seq);
        }

        StateHasChanged();
    }

    private async Task ShowDiffAsync(int number)
    {
        await ChooseLineAsync(number);
        pane = true;
        ShowTab("diff");
    }

    private async Task ChooseAsync(int task, string node, int? seq)
    {
        var actor = await current.GetAsync(gone.Token);
        selected = (task, node);
        chosen = seq is { } at ? await logs.GetEventAsync(actor, Number, at, gone.Token) : null;
        last = await logs.GetLastTimeAsync(actor, Number, task, node, gone.Token);
    }

    private void Ask((string Text, bool Regex) query) => navigation.NavigateTo(
        navigation.GetUriWithQueryParameters(
            new Uri(navigation.Uri).GetLeftPart(UriPartial.Query),
            new Dictionary<string, object?> { ["q"] = query.Text.Length > 0 ? query.Text : null, ["regex"] = query.Regex ? "1" : null }),
        replace: true);

    private void Step(bool forward)
    {
        var from = (forward ? search.Next(0) : search.Previous(int.MaxValue)) ?? 0;
        if (from > 0 && log?.ShowLine(from, from) == false)
        {
            // The filter hides it; the search looks at the whole log.
            navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["show"] = null, ["node"] = null }), replace: true);
            state.Filter = new RunLogFilter();
            log?.ShowLine(from, from);
        }
    }

    /// <summary>Looks for what the address names, if that is new.</summary>
    private void StartSearch()
    {
        var (text, regex) = (Query ?? "", Pattern is not null);
        if (!interactive || (search.Text == text && search.Regex == regex))
        {
            return;
        }

        try
        {
            search.Start(text, regex, text.Length > 0 ? RunLogMatcher.Of(text, regex) : null);
            _ = SearchAsync(1);
        }
        catch (RuleViolationException refusal)
        {
            search.Start(text, regex, null);
            search.Refusal = texts.Of(refusal);
        }
    }

    private void GoOnSearching()
    {
        if (search.GoesOn(state.LineCount))
        {
            _ = SearchAsync(search.ScannedTo + 1);
        }
    }

    private async Task SearchAsync(int from)
    {
        await searching.CancelAsync();
        searching = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        var (token, mine, drawn) = (searching.Token, search, DateTimeOffset.MinValue);
        if (mine.Matcher is null)
        {
            return;
        }

        try
        {
            await foreach (var piece in Searches.SearchAsync(await current.GetAsync(token), Number, new RunLogQuery(mine.Text, mine.Regex, from), token))
            {
                mine.Take(piece);
                if (piece.Done || Time.GetUtcNow() - drawn > SearchDrawing)
                {
                    drawn = Time.GetUtcNow();
                    await InvokeAsync(StateHasChanged);
                }
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Something else is looked for, or the page went away.
        }
        catch (Exception error)
        {
            mine.Fail();
            problem = Components.Shared.Problem.Of(error, texts);
            mine.Refusal = problem.What;
            Log.LogError(error, "The log of run {RunId} could not be searched, correlation {Correlation}", Number, problem.Correlation);
            await InvokeAsync(StateHasChanged);
        }
    }
}
