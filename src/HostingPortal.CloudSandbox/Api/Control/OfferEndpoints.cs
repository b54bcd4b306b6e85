using System.Globalization;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Control;

/// <summary>Sells out, restocks and reprices server types, and resizes the bucket of requests.</summary>
internal sealed class OfferEndpoints(WorldStore store, ServerTypeCatalogue types, RateLimiter limiter) : IControlResource
{
    public void Map(ControlRoutes routes)
    {
        routes.Put("/server-types/{name}/locations/{location}", SetAvailable);
        routes.Put("/server-types/{name}/locations/{location}/price", SetPrice);
        routes.Put("/rate-limit", Resize);
    }

    /// <summary>Body <c>{"available": false}</c>.</summary>
    private Reply SetAvailable(HttpContext http, Body body)
    {
        var key = Key(http);
        var available = body.Flag("available", required: true);
        body.Check();
        store.Change(world => world.Availability[key] = available!.Value);
        return Reply.NoContent;
    }

    /// <summary>Body <c>{"monthly_net": "4.99"}</c>, in euros.</summary>
    private Reply SetPrice(HttpContext http, Body body)
    {
        var key = Key(http);
        var text = body.IdOrName("monthly_net", required: true);
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price))
        {
            body.Reject("monthly_net", "must be an amount such as 4.99");
        }

        body.Check();
        store.Change(world => world.MonthlyPrices[key] = price);
        return Reply.NoContent;
    }

    /// <summary>Body <c>{"limit": 10}</c>; every bucket is full afterwards.</summary>
    private Reply Resize(HttpContext http, Body body)
    {
        var limit = body.Number("limit", required: true, min: 0, max: int.MaxValue);
        body.Check();
        limiter.Resize((int)limit!.Value);
        return Reply.NoContent;
    }

    private string Key(HttpContext http)
    {
        var (name, location) = ((string)http.Request.RouteValues["name"]!, (string)http.Request.RouteValues["location"]!);
        return types.Find(name) is { } type && type.Locations.Contains(location)
            ? $"{type.Name}/{location}"
            : throw ApiErrors.NotFound("server type in location", $"{name}/{location}");
    }
}
