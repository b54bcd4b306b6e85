using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;
using HostingPortal.Infrastructure.Hetzner.Http;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>Zones and record sets. TXT values are added and removed one by one, so that two certificates of one name do not disturb each other.</summary>
internal sealed class Records(IZonesApi api, CreateOnce once, ActionPoller actions)
{
    private const int ShortTtl = 60;

    public async Task<IReadOnlyList<CloudZone>> ListZonesAsync(string token, CancellationToken ct)
    {
        var zones = await Paging.ReadAllAsync(p => api.ListAsync(token, p, Paging.PageSize, ct).AsPage<ZoneList, ZoneDto>());
        return zones.ConvertAll(z => new CloudZone(z.Id, z.Name, z.Mode ?? "", z.Status ?? ""));
    }

    public Task AddTextAsync(string token, string zone, string name, string value, CancellationToken ct) => once.RunAsync(
        look => FindTextAsync(token, zone, name, value, look),
        async create =>
        {
            var record = new RecordDto(TextValue.Quote(value));
            var answer = await api.AddRecordsAsync(token, zone, name, "TXT", new RecordsOrder([record], ShortTtl), create);
            await actions.WaitAsync(token, answer.Ids, create);
            return record;
        },
        "hetzner.name_taken",
        ct);

    /// <summary>Returns once the removal was taken on: nothing depends on the moment a value is gone from the servers.</summary>
    public async Task RemoveTextAsync(string token, string zone, string name, string value, CancellationToken ct)
    {
        if (await FindTextAsync(token, zone, name, value, ct) is not { } record)
        {
            return;
        }

        try
        {
            await api.RemoveRecordsAsync(token, zone, name, "TXT", new RecordsOrder([record]), ct);
        }
        catch (OutsideException e) when (Faults.IsGone(e))
        {
            // Somebody removed it meanwhile.
        }
        catch (OutsideException e) when (Faults.MayHaveHappened(e))
        {
            if (await FindTextAsync(token, zone, name, value, ct) is not null)
            {
                throw;
            }
        }
    }

    /// <param name="value">Null removes the set.</param>
    public async Task SetAddressAsync(string token, string zone, string name, string type, string? value, CancellationToken ct)
    {
        var present = (await FindSetAsync(token, zone, name, type, ct))?.Records?.Select(r => r.Value).ToList();
        var answer = (present, value) switch
        {
            (null, null) => null,
            ({ } records, { } wanted) when records.Count == 1 && records[0] == wanted => null,
            (not null, null) => await api.DeleteRecordSetAsync(token, zone, name, type, ct),
            (not null, { } wanted) => await api.SetRecordsAsync(token, zone, name, type, new RecordsOrder([new RecordDto(wanted)]), ct),
            (null, { } wanted) => await api.CreateRecordSetAsync(token, zone, new RecordSetOrder(name, type, ShortTtl, [new RecordDto(wanted)]), ct),
        };
        await actions.WaitAsync(token, answer?.Ids ?? [], ct);
    }

    private async Task<RecordDto?> FindTextAsync(string token, string zone, string name, string value, CancellationToken ct) =>
        (await FindSetAsync(token, zone, name, "TXT", ct))?.Records?.FirstOrDefault(r => TextValue.Read(r.Value) == value);

    private async Task<RecordSetDto?> FindSetAsync(string token, string zone, string name, string type, CancellationToken ct)
    {
        try
        {
            return (await api.GetRecordSetAsync(token, zone, name, type, ct)).Rrset;
        }
        catch (OutsideException e) when (Faults.IsGone(e))
        {
            return null;
        }
    }
}
