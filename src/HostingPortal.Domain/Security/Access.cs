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

        actor.RequireWrite();
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
            throw actor.Refusal(clientId, "Access.ReadOnly");
        }
    }

    public static void RequireOwner(this Actor actor, string clientId)
    {
        actor.RequireRead(clientId);
        if (!actor.MayOwn(clientId))
        {
            throw actor.Refusal(clientId, "Access.OwnerOnly");
        }
    }

    /// <summary>Cancel and retry runs: staff, and who manages the client.</summary>
    public static void RequireOperate(this Actor actor, string clientId)
    {
        actor.RequireRead(clientId);
        if (!actor.MayOperate(clientId))
        {
            throw actor.Refusal(clientId, "Access.ReadOnly");
        }
    }

    /// <summary>Refuses tokens that may only read.</summary>
    public static void RequireWrite(this Actor actor)
    {
        if (actor.ReadsOnly)
        {
            throw new RuleViolationException("Access.TokenReadOnly");
        }
    }

    /// <summary>A person and nobody in its place: what belongs to the person alone is closed to an admin who acts as a client. Returns the person's id.</summary>
    public static string RequireSelf(this Actor actor)
    {
        var userId = actor.UserId ?? throw new NotFoundException();
        actor.RequireWrite();
        return actor.ActingFor is null ? userId : throw new RuleViolationException("Access.NotWhileActing");
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

    private static RuleViolationException Refusal(this Actor actor, string clientId, string otherwise) =>
        actor.ReadsOnly ? new RuleViolationException("Access.TokenReadOnly")
        : actor.Suspended.TryGetValue(clientId, out var reason) ? new RuleViolationException("Access.Suspended", null, ("reason", reason))
        : new RuleViolationException(otherwise);
}
