namespace HostingPortal.Domain.Tests.Access;

/// <summary>Who may call what. A public service method that is missing here fails the matrix.</summary>
internal static class Rights
{
    public static IReadOnlyDictionary<string, Right> Of { get; } = new Dictionary<string, Right>
    {
        ["ClientService.ListAsync"] = Right.OwnRows,
        ["ClientService.GetAsync"] = Right.Read,
        ["ClientService.CreateAsync"] = Right.Admin,
        ["UserService.ListAsync"] = Right.Read,
        ["UserService.CreateAsync"] = Right.Admin,
        ["TokenService.ListAsync"] = Right.OwnRows,
        ["TokenService.CreateAsync"] = Right.Read,
        ["TokenService.EndAsync"] = Right.Self,
        ["AccountService.ListAsync"] = Right.Staff,
        ["AccountService.ListForClientAsync"] = Right.Read,
        ["AccountService.CreateAsync"] = Right.Admin,
        ["AccountService.AllotAsync"] = Right.Admin,
        ["AccountService.ListZonesAsync"] = Right.Staff,
        ["NameService.ListAsync"] = Right.OwnRows,
        ["NameService.GetAsync"] = Right.Read,
        ["NameService.AddAsync"] = Right.Manage,
        ["NameService.VerifyAsync"] = Right.Manage,
        ["NameService.RemoveAsync"] = Right.Own,
        ["NameService.AllotZoneAsync"] = Right.Admin,
        ["ProjectService.ListAsync"] = Right.OwnRows,
        ["ProjectService.GetAsync"] = Right.Read,
        ["ProjectService.CreateAsync"] = Right.Own,
        ["NodeQueries.ListAsync"] = Right.OwnRows,
        ["NodeQueries.GetAsync"] = Right.Read,
        ["NodeService.GetOfferAsync"] = Right.Read,
        ["NodeService.OrderAsync"] = Right.Own,
        ["NodeService.ConvergeAsync"] = Right.Own,
        ["NodeService.ConvergeAllAsync"] = Right.Own,
        ["NodeService.CheckAsync"] = Right.Own,
        ["NodeService.DecommissionAsync"] = Right.Own,
        ["SiteQueries.ListAsync"] = Right.OwnRows,
        ["SiteQueries.GetAsync"] = Right.Read,
        ["SiteQueries.GetByNameAsync"] = Right.Read,
        ["SiteService.CreateAsync"] = Right.Manage,
        ["SiteService.ChangeAsync"] = Right.Manage,
        ["SiteService.RetryAsync"] = Right.Manage,
        ["SiteService.DeleteAsync"] = Right.Own,
        ["RunService.ListAsync"] = Right.OwnRows,
        ["RunService.GetAsync"] = Right.Read,
        ["RunService.CancelAsync"] = Right.Operate,
        ["RunService.RetryAsync"] = Right.Operate,
        ["RunAgainService.RetryFailedAsync"] = Right.Operate,
        ["RunAgainService.RepeatAsync"] = Right.Operate,
        ["RunAgainService.CheckAsync"] = Right.Operate,
        ["RunLogService.GetMatrixAsync"] = Right.Read,
        ["RunLogService.GetLinesAsync"] = Right.Read,
        ["RunLogService.GetEventAsync"] = Right.Read,
        ["RunLogService.GetDiffAsync"] = Right.Staff,
        ["RunLogService.DownloadAsync"] = Right.Read,
        ["RunLogService.FollowAsync"] = Right.Read,
        ["ChangeService.ListAsync"] = Right.OwnRows,
        ["AuditService.ListAsync"] = Right.Staff,
        ["SearchService.FindAsync"] = Right.OwnRows,
        ["DashboardService.GetFiguresAsync"] = Right.OwnRows,
        ["DashboardService.GetAttentionAsync"] = Right.OwnRows,
    };
}

internal enum Right
{
    /// <summary>Everybody; the rows are those of the actor's clients.</summary>
    OwnRows,

    /// <summary>Only what belongs to the person itself; anything else does not exist, for admins too.</summary>
    Self,

    /// <summary>Staff and the client's people.</summary>
    Read,

    /// <summary>Admins, owners and members.</summary>
    Manage,

    /// <summary>Admins and owners.</summary>
    Own,

    /// <summary>Staff, owners and members.</summary>
    Operate,

    Staff,

    Admin,
}
