using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;

namespace HostingPortal.Web.Account;

/// <summary>Audit lines of what a person changes about its own sign-in.</summary>
public sealed class SecurityLog(AuditService audit, IHttpContextAccessor http)
{
    public Task WriteAsync(PortalUser person, string action, string? detail = null) =>
        audit.OwnAccountAsync(person.Id, person.DisplayName, action, detail, http.HttpContext?.Connection.RemoteIpAddress?.ToString(), CancellationToken.None);
}
