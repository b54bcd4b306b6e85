using Serilog.Core;
using Serilog.Events;

namespace HostingPortal.Web.Hosting;

/// <summary>
/// Adds ClientId, ProjectId, NodeId, SiteId and RunId to each line written while a page or endpoint is served, read from its address,
/// e.g. <c>/projects/p-01/nodes/n-02</c>.
/// </summary>
internal sealed class AddressScope : ILogEventEnricher
{
    private static readonly HttpContextAccessor Context = new();

    private static readonly (string Segment, string Property)[] Known =
        [("clients", "ClientId"), ("projects", "ProjectId"), ("nodes", "NodeId"), ("sites", "SiteId"), ("runs", "RunId")];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (Context.HttpContext?.Request.Path.Value is not { } path)
        {
            return;
        }

        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (segment, property) in Known)
        {
            var at = Array.IndexOf(parts, segment);
            if (at >= 0 && at + 1 < parts.Length && parts[at + 1].Length <= 32)
            {
                logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(property, parts[at + 1]));
            }
        }
    }
}
