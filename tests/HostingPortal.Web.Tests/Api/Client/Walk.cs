// Somebody else's program: it knows the generated client and nothing of the portal. Arguments: address, token, a word for its names.
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Generated;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", args[1]);
var word = args[2];
var portal = new PortalClient(http) { BaseUrl = args[0] };

Console.WriteLine($"me {(await portal.GetMeAsync()).Name}");
var client = await portal.PostClientsAsync(new NewClient { Name = $"Client {word}" }, $"client-{word}");
var again = await portal.PostClientsAsync(new NewClient { Name = $"Client {word}" }, $"client-{word}");
Console.WriteLine($"client once {client.Id == again.Id}");
var account = await portal.PostAccountsAsync(new NewAccount { Name = $"Account {word}", Token = new string('a', 64) });
await portal.PutAccountsByIdAllotmentsByClientIdAsync(account.Id, client.Id, new Allotment { MonthlyBudget = 50 });
await portal.PutAccountsByIdZonesByZoneAsync(account.Id, $"{word}.example", new ZoneOwner { ClientId = client.Id });
var project = await portal.PostProjectsAsync(new NewProject { ClientId = client.Id, AccountId = account.Id, Name = $"project-{word}" });

var offer = await portal.GetProjectsByIdOfferAsync(project.Id);
var type = offer.Catalog.ServerTypes.First();
var place = type.Offers.First(o => o.Available);
var node = await portal.PostNodesAsync(
    new NewNode { ProjectId = project.Id, Name = $"web-{word}", Template = offer.Templates.First().Name, ServerType = type.Name, Location = place.Location, Image = "debian-13" });
Console.WriteLine($"node {node.NodeId}");
while ((await portal.GetNodesByIdAsync(node.NodeId)).State != NodeState.Ready)
{
    await Task.Delay(200);
}

var site = await portal.PostSitesAsync(new NewSite { ProjectId = project.Id, Kind = SiteKind.Static, Names = [$"www.{word}.example"] });
var run = await portal.GetRunsByIdAsync(site.RunId);
Console.WriteLine($"site {(await portal.GetSitesByIdAsync(site.SiteId)).MainName} in run of kind {run.Run.Kind}, {run.Run.State}");
Console.WriteLine($"found {(await portal.GetSitesAsync(search: word)).Total}");
try
{
    await portal.PostSitesAsync(new NewSite { ProjectId = project.Id, Kind = SiteKind.Static, Names = ["no name"] });
}
catch (ApiException<ApiProblem> refusal)
{
    Console.WriteLine($"refused {refusal.StatusCode} {string.Join(',', refusal.Result.Errors!.Keys)}");
}

await portal.PostRunsByIdCancelAsync(site.RunId);
Console.WriteLine($"canceled {(await portal.GetRunsByIdAsync(site.RunId)).Run.State}");

namespace Generated
{
    /// <summary>The place this generator leaves for it.</summary>
    public partial class PortalClient
    {
        static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) => settings.Converters.Add(new JsonStringEnumConverter());
    }
}
