using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;

namespace HostingPortal.Web.Tests.Nodes;

/// <summary>A small offer: one template that prefers cx33, three types, two places in Europe and one in America.</summary>
internal static class OfferSketch
{
    public static NodeOffer Offer(bool cx33InFalkenstein = true, decimal cx33 = 5.49m, string? zone = null) => new(
        new CloudCatalog(
            DateTimeOffset.UnixEpoch, "EUR", [new("fsn1", "Falkenstein", "DE", "eu-central"), new("nbg1", "Nuremberg", "DE", "eu-central"), new("ash", "Ashburn", "US", "us-east")],
            [
                new(1, "cx33", "x86", "shared", 4, 8, 80, [At("fsn1", cx33InFalkenstein, cx33), At("nbg1", true, cx33)]),
                new(2, "cx11", "x86", "shared", 1, 1, 20, [At("fsn1", true, 1m)]),
                new(3, "cax11", "arm", "shared", 2, 4, 40, [At("fsn1", true, 3m)]),
                new(4, "cpx31", "x86", "shared", 4, 8, 160, [At("ash", true, 14m)]),
            ],
            ["debian-13"], 0.5m, 20),
        [new NodeTemplate("lemp", "1", "Web", ["nginx"], 4, ["x86"], ["cx33"], ["debian-13"], [], new Dictionary<string, IReadOnlyList<string>>())],
        0, 4m, 30m, zone, new Dictionary<string, int> { ["lemp"] = 52 });

    private static CloudOffer At(string place, bool available, decimal monthly) => new(place, available, monthly / 730, monthly, 0, 1);
}
