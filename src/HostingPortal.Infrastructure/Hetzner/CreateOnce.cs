using HostingPortal.Domain;
using HostingPortal.Infrastructure.Hetzner.Http;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>
/// Creates without ever making two: look, create, and after a lost answer look again before anything else. Where nothing is found the create is sent
/// once more; the unique name makes the API refuse it should the first one still arrive.
/// </summary>
internal sealed class CreateOnce(IOptions<HetznerOptions> options, TimeProvider time)
{
    private const int Creates = 3;
    private const int LooksAfterLoss = 3;

    /// <param name="look">Finds what carries our labels; null when there is none.</param>
    /// <param name="takenCode">Code of the exception when the unique name belongs to somebody else.</param>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T?>> look, Func<CancellationToken, Task<T>> create, string takenCode, CancellationToken ct)
        where T : class
    {
        if (await look(ct) is { } existing)
        {
            return existing;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await create(ct);
            }
            catch (OutsideException e) when (Faults.IsTaken(e))
            {
                return await look(ct) ?? throw new OutsideException(takenCode, e.Detail, inner: e);
            }
            catch (OutsideException e) when (Faults.MayHaveHappened(e))
            {
                if (await LookAfterLossAsync(look, e, ct) is { } late)
                {
                    return late;
                }

                if (attempt == Creates)
                {
                    throw Ambiguous(e);
                }
            }
        }
    }

    private async Task<T?> LookAfterLossAsync<T>(Func<CancellationToken, Task<T?>> look, OutsideException loss, CancellationToken ct)
        where T : class
    {
        try
        {
            for (var i = 0; i < LooksAfterLoss; i++)
            {
                if (await look(ct) is { } found)
                {
                    return found;
                }

                await Task.Delay(options.Value.RetryPause * (i + 1), time, ct);
            }
        }
        catch (OutsideException e) when (e.Transient)
        {
            throw Ambiguous(loss);
        }

        return null;
    }

    private static OutsideException Ambiguous(OutsideException loss) =>
        new("hetzner.ambiguous", $"It is not known whether the create happened. {loss.Detail}", transient: true, loss);
}
