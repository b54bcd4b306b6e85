using HostingPortal.Domain;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Shared;

public sealed partial class LoadView<TValue>(
    CurrentActor current, ChangeFeed feed, NavigationManager navigation, Texts texts, TimeProvider time, ILogger<LoadView<TValue>> log) : ComponentBase, IDisposable
{
    private static readonly TimeSpan QuietBefore = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(150);
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource? running;
    private IDisposable? subscription;
    private TValue? value;
    private Problem? problem;
    private object? shownKey;
    private bool started, loading, slow, noted, outdated;

    /// <summary>Reads for the actor and does nothing else: a page that is taken over shows what was read before. A thrown <see cref="NotFoundException"/> becomes the 404 page.</summary>
    [Parameter, EditorRequired] public required Func<Actor, CancellationToken, Task<TValue>> Source { get; set; }

    /// <summary>Reads again when it changes.</summary>
    [Parameter] public object? Key { get; set; }

    /// <summary>Which news make it read again; null: none.</summary>
    [Parameter] public Func<FeedEntry, bool>? Watch { get; set; }

    [Parameter, EditorRequired] public required RenderFragment<TValue> ChildContent { get; set; }

    /// <summary>Reads on the live page alone: for what a machine is asked for, which may be slow or gone and must not hold up the page.</summary>
    [Parameter] public bool Late { get; set; }

    /// <summary>Gets every value before it is shown, e.g. to fill in a form.</summary>
    [Parameter] public Func<TValue, Task>? Loaded { get; set; }

    [Inject] internal Handover Handover { get; set; } = null!;

    [Parameter] public int SkeletonRows { get; set; } = 4;

    private Texts T => texts;

    public Task ReloadAsync() => InvokeAsync(ReadAsync);

    protected override async Task OnParametersSetAsync()
    {
        if ((!started || !Equals(shownKey, Key)) && (!Late || RendererInfo.IsInteractive))
        {
            var first = !started;
            started = true;
            shownKey = Key;
            await (first ? BeginAsync($"{typeof(TValue)} {Key}") : ReadAsync());
        }
    }

    /// <summary>What was read for the first drawing is shown again at once, and read again only if something moved since.</summary>
    private async Task BeginAsync(string name)
    {
        if (RendererInfo.IsInteractive && Handover.TryTake<(TValue Value, long Position)>(name, out var kept))
        {
            outdated = !await TryListenAsync() || kept.Position != feed.Position;
            await TakeAsync(kept.Value);
            return;
        }

        var position = feed.Position;
        await ReadAsync();
        if (!RendererInfo.IsInteractive && value is not null)
        {
            Handover.Keep(name, (value, position));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && outdated)
        {
            await ReadAsync();
        }
    }

    /// <summary>Before a read, so that what moves while it is under way is noted too.</summary>
    private void Listen(Actor actor)
    {
        if (subscription is null && Watch is not null && RendererInfo.IsInteractive && !gone.IsCancellationRequested)
        {
            subscription = feed.Subscribe(actor, Note);
        }
    }

    /// <summary>A failure is told by the read that follows.</summary>
    private async Task<bool> TryListenAsync()
    {
        try
        {
            Listen(await current.GetAsync(gone.Token));
            return true;
        }
        catch (Exception error)
        {
            log.LogDebug(error, "A part of the page does not hear of news yet.");
            return false;
        }
    }

    /// <summary>News come in bursts: they are collected for a moment, then one read follows.</summary>
    private void Note(FeedEntry entry)
    {
        if (noted || Watch?.Invoke(entry) != true)
        {
            return;
        }

        noted = true;
        _ = InvokeAsync(async () =>
        {
            await Task.Delay(Settle, time, CancellationToken.None);
            noted = false;
            await ReadAsync();
        });
    }

    private async Task ReadAsync()
    {
        if (gone.IsCancellationRequested)
        {
            return;
        }

        running?.Cancel();
        using var mine = running = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        (loading, slow) = (true, false);
        _ = ShowWaitAsync(mine);
        try
        {
            var actor = await current.GetAsync(mine.Token);
            Listen(actor);
            await TakeAsync(await Source(actor, mine.Token));
            problem = null;
        }
        catch (NotFoundException)
        {
            navigation.NotFound();
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            problem = Problem.Of(error, texts);
            log.LogError(error, "A part of the page could not be read, correlation {Correlation}", problem.Correlation);
        }
        finally
        {
            if (running == mine)
            {
                (running, loading, slow) = (null, false, false);
                StateHasChanged();
            }
        }
    }

    private async Task TakeAsync(TValue read)
    {
        await (Loaded?.Invoke(read) ?? Task.CompletedTask);
        value = read;
    }

    private async Task ShowWaitAsync(CancellationTokenSource mine)
    {
        await Task.Delay(QuietBefore, time, CancellationToken.None);
        if (running == mine && !gone.IsCancellationRequested)
        {
            await InvokeAsync(() =>
            {
                slow = loading;
                StateHasChanged();
            });
        }
    }

    public void Dispose()
    {
        subscription?.Dispose();
        gone.Cancel();
        gone.Dispose();
    }
}
