using System.Xml.Linq;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>The key ring of cookies and anti-forgery tokens: whole elements, sealed like every other secret, shared by all instances.</summary>
internal sealed class DataProtectionRing(IDbContextFactory<PortalDbContext> contexts, ISecretStore secrets) : IXmlRepository
{
    private const string Owner = "portal";
    private const string Kind = "data-protection";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = contexts.CreateDbContext();
        var rows = context.DataProtectionKeys.AsNoTracking().Include(k => k.Xml).OrderBy(k => k.Id).ToList();
        return rows.ConvertAll(row => XElement.Parse(secrets.Open(row.Xml).Reveal()));
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var text = element.ToString(SaveOptions.DisableFormatting);
        using var context = contexts.CreateDbContext();
        context.DataProtectionKeys.Add(new DataProtectionKey { Name = friendlyName, Xml = secrets.Seal(Owner, Kind, new Secret(text)) });
        context.SaveChanges();
    }
}
