using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Testing.Scenarios;

namespace HostingPortal.Services.Tests.Access;

/// <summary>Everybody who may ever call, and what each may do, said here once more and apart from the portal's own rules.</summary>
internal static class Cast
{
    /// <summary>Who has to do with the tenant in some way.</summary>
    public static IReadOnlyList<(Who Who, Actor Actor)> Of(Tenant tenant)
    {
        var suspended = new Dictionary<string, string> { [tenant.ClientId] = "Invoice 17 is open." };
        return
        [
            (Who.Owner, tenant.Owner), (Who.Member, tenant.Member), (Who.ReadOnly, tenant.ReadOnly), (Who.Support, Tenant.Support), (Who.Admin, Tenant.Admin),
            (Who.SuspendedOwner, tenant.Owner with { Suspended = suspended }), (Who.SuspendedMember, tenant.Member with { Suspended = suspended }),
            (Who.ActingAdmin, Acting(tenant)), (Who.ReadingToken, Tenant.Admin with { ReadsOnly = true }), (Who.ReadingOwnerToken, tenant.Owner with { ReadsOnly = true }),
        ];
    }

    /// <summary>Who has nothing to do with <paramref name="other"/>: its own removed member and an admin who acts as another client among them.</summary>
    public static async Task<IReadOnlyList<(string Who, Actor Actor)>> StrangersAsync(Instance portal, Tenant own, Tenant other, CancellationToken ct)
    {
        var actors = portal.Get<ActorService>();
        if ((await actors.FindAsync(other.Member.UserId!, ct))!.MayRead(other.ClientId))
        {
            await portal.Get<TeamService>().RemoveAsync(Tenant.Admin, other.ClientId, other.Member.UserId!, ct);
        }

        return
        [
            ("owner of another", own.Owner), ("member of another", own.Member), ("reader of another", own.ReadOnly),
            ("suspended owner of another", own.Owner with { Suspended = new Dictionary<string, string> { [own.ClientId] = "x" } }),
            ("removed member", (await actors.FindAsync(other.Member.UserId!, ct))!), ("admin acting as another", Acting(own) with { UserId = "u-other-admin" }),
            ("person of no client", new Actor("u-stranger", "Sam", PortalRole.Client, new Dictionary<string, ClientRole>())),
            ("anonymous", new Actor(null, "", PortalRole.Client, new Dictionary<string, ClientRole>())),
        ];
    }

    public static bool May(Right right, Who who) => right switch
    {
        Right.Self => false,
        Right.OwnRows or Right.Read => true,
        Right.Person or Right.OwnMarks => who is not (Who.ActingAdmin or Who.ReadingToken or Who.ReadingOwnerToken),
        Right.Manage => who is Who.Admin or Who.Owner or Who.Member or Who.ActingAdmin,
        Right.Own => who is Who.Admin or Who.Owner or Who.ActingAdmin,
        Right.Operate => who is Who.Admin or Who.Support or Who.Owner or Who.Member or Who.ActingAdmin,
        Right.ActingAdmin => who is Who.Admin or Who.ActingAdmin,
        Right.Staff => who is Who.Admin or Who.Support or Who.ReadingToken,
        _ => who is Who.Admin,
    };

    private static Actor Acting(Tenant tenant) => new(
        Tenant.Admin.UserId, Tenant.Admin.Name, PortalRole.Client, new Dictionary<string, ClientRole> { [tenant.ClientId] = ClientRole.Owner })
    {
        ActingFor = new ActingFor(tenant.ClientId, tenant.Marker),
    };
}

internal enum Who
{
    Owner,
    Member,
    ReadOnly,
    Support,
    Admin,
    SuspendedOwner,
    SuspendedMember,
    ActingAdmin,
    ReadingToken,
    ReadingOwnerToken,
}
