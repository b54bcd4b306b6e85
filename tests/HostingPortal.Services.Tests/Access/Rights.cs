namespace HostingPortal.Services.Tests.Access;

/// <summary>Who may call what. A public service method that is missing here fails the matrix.</summary>
internal static class Rights
{
    public static IReadOnlyDictionary<string, Right> Of { get; } = new Dictionary<string, Right>
    {
        ["ClientService.ListAsync"] = Right.OwnRows,
        ["ClientService.ListNamesAsync"] = Right.OwnRows,
        ["ClientService.GetAsync"] = Right.Read,
        ["ClientService.CreateAsync"] = Right.Admin,
        ["ClientPlanService.GetAsync"] = Right.Read,
        ["ClientPlanService.SetQuotaAsync"] = Right.Admin,
        ["SuspensionService.SuspendAsync"] = Right.Admin,
        ["SuspensionService.ResumeAsync"] = Right.Admin,
        ["UserService.ListAsync"] = Right.Read,
        ["UserService.ListInvitedAsync"] = Right.Staff,
        ["UserService.CreateAsync"] = Right.Admin,
        ["UserService.CreateResetAsync"] = Right.Admin,
        ["TeamService.GetAsync"] = Right.Read,
        ["TeamService.InviteAsync"] = Right.Own,
        ["TeamService.WithdrawAsync"] = Right.Own,
        ["TeamService.ChangeRoleAsync"] = Right.Own,
        ["TeamService.RemoveAsync"] = Right.Own,
        ["InvitationService.JoinAsync"] = Right.Self,
        ["SessionService.ListAsync"] = Right.OwnRows,
        ["SessionService.EndAsync"] = Right.Self,
        ["SessionService.EndAllAsync"] = Right.OwnRows,
        ["SessionService.ActAsync"] = Right.Admin,
        ["SessionService.StopActingAsync"] = Right.ActingAdmin,
        ["SignInRuleService.GetAsync"] = Right.Staff,
        ["SignInRuleService.SetAsync"] = Right.Admin,
        ["TokenService.ListAsync"] = Right.OwnRows,
        ["TokenService.CreateAsync"] = Right.Person,
        ["TokenService.EndAsync"] = Right.Self,
        ["AccountService.ListAsync"] = Right.Staff,
        ["AccountService.ListForClientAsync"] = Right.Read,
        ["AccountService.CreateAsync"] = Right.Admin,
        ["AccountService.ReplaceTokenAsync"] = Right.Admin,
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
        ["ReachQueries.GetAsync"] = Right.Read,
        ["NodeQueries.GetAsync"] = Right.Read,
        ["MasterQueries.GetAsync"] = Right.Read,
        ["MasterService.RotateMasterKeyAsync"] = Right.Own,
        ["MasterService.RotateNodeKeysAsync"] = Right.Own,
        ["MasterService.RenewSecretsAsync"] = Right.Own,
        ["MasterService.ManageAsync"] = Right.Own,
        ["MasterService.ReleaseAsync"] = Right.Own,
        ["MasterService.UpgradeContentAsync"] = Right.Own,
        ["MasterService.CheckReachAsync"] = Right.Own,
        ["MasterService.SetWatchAsync"] = Right.Own,
        ["MasterService.RebuildAsync"] = Right.Own,
        ["NodeForgetService.ForgetAsync"] = Right.Own,
        ["NodeService.GetOfferAsync"] = Right.Read,
        ["NodeService.OrderAsync"] = Right.Own,
        ["NodeService.ConvergeAsync"] = Right.Own,
        ["NodeService.ConvergeAllAsync"] = Right.Own,
        ["NodeService.CheckAsync"] = Right.Own,
        ["NodeService.DecommissionAsync"] = Right.Own,
        ["CertificateQueries.ListAsync"] = Right.OwnRows,
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
        ["RunLogService.GetWholeLineAsync"] = Right.Read,
        ["RunLogService.GetLastTimeAsync"] = Right.Read,
        ["RunLogService.GetMachineAsync"] = Right.Read,
        ["RunSearchService.SearchAsync"] = Right.Read,
        ["RunLogService.GetDiffAsync"] = Right.Staff,
        ["RunLogService.DownloadAsync"] = Right.Read,
        ["RunLogService.FollowAsync"] = Right.Read,
        ["ScheduleService.ListAsync"] = Right.OwnRows,
        ["ScheduleService.GetAsync"] = Right.Read,
        ["ScheduleService.CreateAsync"] = Right.Own,
        ["ScheduleService.ChangeAsync"] = Right.Own,
        ["ScheduleService.RemoveAsync"] = Right.Own,
        ["NotificationService.ListAsync"] = Right.OwnRows,
        ["NotificationService.GetBellAsync"] = Right.OwnRows,
        ["NotificationService.MarkReadAsync"] = Right.Person,
        ["NotificationService.MarkAllReadAsync"] = Right.OwnMarks,
        ["ChannelService.ListAsync"] = Right.Read,
        ["ChannelService.GetAsync"] = Right.Read,
        ["ChannelService.CreateAsync"] = Right.Own,
        ["ChannelService.ChangeAsync"] = Right.Own,
        ["ChannelService.RemoveAsync"] = Right.Own,
        ["ChannelService.SendTestAsync"] = Right.Own,
        ["ChangeService.ListAsync"] = Right.OwnRows,
        ["AuditService.ListAsync"] = Right.Staff,
        ["SearchService.FindAsync"] = Right.OwnRows,
        ["AuditService.ExportAsync"] = Right.Staff,
        ["DashboardService.GetFiguresAsync"] = Right.OwnRows,
        ["DashboardService.CountWorkingAsync"] = Right.OwnRows,
        ["DashboardService.GetAttentionAsync"] = Right.OwnRows,
    };
}

internal enum Right
{
    /// <summary>Everybody; the rows are those of the actor's clients.</summary>
    OwnRows,

    /// <summary>Everybody for itself: no reading token and no admin in somebody's place.</summary>
    OwnMarks,

    /// <summary>Only what belongs to the person itself; anything else does not exist, for admins too.</summary>
    Self,

    /// <summary>Staff and the client's people.</summary>
    Read,

    /// <summary>As Read, but the person itself: no reading token and no admin in its place.</summary>
    Person,

    /// <summary>Admins, owners and members.</summary>
    Manage,

    /// <summary>Admins and owners.</summary>
    Own,

    /// <summary>Staff, owners and members.</summary>
    Operate,

    Staff,

    Admin,

    /// <summary>An admin, also while it acts as a client.</summary>
    ActingAdmin,
}
