namespace HostingPortal.Domain.Security;

/// <summary>
/// The checks every service method makes. Not visible reads as <see cref="NotFoundException"/>, so that it never tells what exists; visible but not allowed
/// is a rule violation with the reason.
/// </summary>
public static class Access
{
    public static void RequireAdmin(this Actor actor)
    {
        if (!actor.IsAdmin)
        {
            throw actor.IsStaff ? new RuleViolationException("Access.AdminOnly") : new NotFoundException();
        }
    }

    public static void RequireStaff(this Actor actor)
    {
        if (!actor.IsStaff)
        {
            throw new NotFoundException();
        }
    }

    public static void RequireRead(this Actor actor, string clientId)
    {
        if (!actor.MayRead(clientId))
        {
            throw new NotFoundException();
        }
    }

    public static void RequireManage(this Actor actor, string clientId)
    {
        actor.RequireRead(clientId);
        if (!actor.MayManage(clientId))
        {
            throw new RuleViolationException("Access.ReadOnly");
        }
    }

    public static void RequireOwner(this Actor actor, string clientId)
    {
        actor.RequireRead(clientId);
        if (!actor.MayOwn(clientId))
        {
            throw new RuleViolationException("Access.OwnerOnly");
        }
    }

    /// <summary>The object if the actor may see its client, else the same as if it did not exist.</summary>
    public static T Visible<T>(this Actor actor, T? found, Func<T, string> clientId)
        where T : class
    {
        if (found is null || !actor.MayRead(clientId(found)))
        {
            throw new NotFoundException();
        }

        return found;
    }
}
