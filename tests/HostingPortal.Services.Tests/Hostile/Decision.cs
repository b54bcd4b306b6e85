namespace HostingPortal.Services.Tests.Hostile;

/// <summary>What becomes of hostile text in one field.</summary>
/// <param name="Grammar">Of what is accepted; null: any line that prints.</param>
/// <param name="Stored"><c>table.column</c> in which accepted text lies as it was typed, trimmed and composed; null where it is not kept as it is.</param>
internal sealed record Decision(Outcome Outcome, string? Grammar = null, string? Stored = null)
{
    private const string Slugs = @"\A[a-z][a-z0-9-]{1,39}\z";
    private const string DnsNames = @"\A[a-zA-Z0-9\u0080-\uffff.-]{3,253}\z";
    private const string Emails = @"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9.-]+\z";
    private static readonly Decision Names = new(Outcome.Existing);
    private static readonly Decision Search = new(Outcome.Sought);
    private static readonly Decision Choice = new(Outcome.Chosen);
    private static readonly Decision Own = new(Outcome.Own);

    /// <summary>By <see cref="Field.OwnKey"/> or <see cref="Field.Key"/>.</summary>
    public static IReadOnlyDictionary<string, Decision> Of { get; } = new Dictionary<string, Decision>
    {
        // Names something that exists; whatever is no such name does not exist.
        ["clientId"] = Names, ["projectId"] = Names, ["accountId"] = Names, ["nodeId"] = Names, ["siteId"] = Names, ["nameId"] = Names, ["scheduleId"] = Names, ["channelId"] = Names,
        ["userId"] = Names, ["TeamService.WithdrawAsync.clientId"] = Search, ["invitationId"] = Search, ["ownSessionId"] = Names, ["sessionId"] = Names, ["tokenId"] = Names, ["code"] = Names, ["SiteQueries.GetByNameAsync.name"] = Names,
        ["CreateProject.ClientId"] = Names, ["CreateProject.AccountId"] = Names, ["CreateSite.ProjectId"] = Names, ["CreateSite.NodeId"] = Names, ["OrderNode.ProjectId"] = Names,
        ["CreateSchedule.ProjectId"] = Names, ["CreateSchedule.NodeId"] = Names, ["CreateToken.ClientId"] = Names, ["CreateUser.ClientId"] = Names,

        // Looks for something, or narrows a list.
        ["PageQuery.Search"] = Search, ["OrderNode.OverBudgetReason"] = Search, ["PageQuery.Sort"] = Search, ["text"] = Search, ["RunLogQuery.Text"] = Search,
        ["RunFilter.ProjectId"] = Search, ["RunFilter.ClientId"] = Search, ["RunFilter.NodeId"] = Search, ["NotificationFilter.ProjectId"] = Search,
        ["ChangeFilter.ClientId"] = Search, ["ChangeFilter.ProjectId"] = Search, ["ChangeFilter.NodeId"] = Search, ["ChangeFilter.ObjectId"] = Search,
        ["AuditFilter.ClientId"] = Search, ["AuditFilter.ActorId"] = Search, ["AuditFilter.ObjectId"] = Search, ["AuditFilter.Action"] = Search,
        ["NameService.ListAsync.clientId"] = Search, ["ProjectService.ListAsync.clientId"] = Search, ["UserService.ListAsync.clientId"] = Search, ["NodeQueries.ListAsync.projectId"] = Search,
        ["CertificateQueries.ListAsync.projectId"] = Search, ["SiteQueries.ListAsync.projectId"] = Search, ["SiteQueries.ListAsync.nodeId"] = Search,
        ["ScheduleService.ListAsync.projectId"] = Search, ["ScheduleService.ListAsync.nodeId"] = Search, ["RunLogService.GetLastTimeAsync.nodeId"] = Search,
        ["ActorService.FindAsync.userId"] = Search, ["ActorService.FindBySessionAsync.sessionId"] = Search, ["ActorService.FindByTokenAsync.token"] = Search,
        ["SessionService.FindAsync.sessionId"] = Search, ["SessionService.FindAsync.userId"] = Search, ["SessionService.StrengthenAsync.sessionId"] = Search,
        ["SessionService.CloseAsync.sessionId"] = Search, ["UserService.AskResetAsync.email"] = Search, ["AccountService.ListForClientAsync.clientId"] = Search,

        // What strangers, nodes and browsers say of themselves: counted, recorded, cut to what fits, or refused.
        ["SignInLimits.WaitAsync.email"] = Search, ["SignInLimits.FailedAsync.email"] = Search, ["SignInLimits.PassedAsync.email"] = Search, ["AuditService.SignInAsync.name"] = Search,
        ["InvitationService.AcceptAsync.displayName"] = Search, ["password"] = Search, ["RequestKeys.BeginAsync.key"] = Search,
        ["RequestKeys.BeginAsync.content"] = Search, ["fqdn"] = Search, ["value"] = Search,

        // One of a closed set, or the exact name of what is to go.
        ["writtenName"] = Choice, ["MasterService.RebuildAsync.writtenName"] = Names, ["CreateChannel.Language"] = Choice, ["CreateSchedule.Zone"] = Choice, ["ChangeSchedule.Zone"] = Choice, ["CreateSite.PhpVersion"] = Choice, ["ChangeSite.PhpVersion"] = Choice,
        ["OrderNode.Template"] = Choice, ["OrderNode.ServerType"] = Choice, ["OrderNode.Location"] = Choice, ["OrderNode.Image"] = Choice, ["NodeFallback.ServerType"] = Choice, ["NodeFallback.Location"] = Choice,

        // A grammar of its own.
        ["CreateProject.Name"] = new(Outcome.Taken, Slugs, "projects.Name"), ["OrderNode.Name"] = new(Outcome.Taken, Slugs, "nodes.Name"),
        ["NameService.AddAsync.name"] = new(Outcome.Taken, DnsNames), ["zone"] = new(Outcome.Taken, DnsNames), ["CreateSite.Names"] = new(Outcome.Taken, DnsNames), ["ChangeSite.Names"] = new(Outcome.Taken, DnsNames),
        ["InvitePerson.Email"] = new(Outcome.Taken, Emails), ["CreateUser.Email"] = new(Outcome.Taken, Emails), 
        ["CreateChannel.Target"] = new(Outcome.Taken, @"\Ahttps://[a-z0-9.-]+\.[a-z]+(/.*)?\z"), ["CreateAccount.Token"] = new(Outcome.Taken, @"\A[A-Za-z0-9]{64}\z"),
        ["ReplaceToken.Token"] = new(Outcome.Taken, @"\A[A-Za-z0-9]{64}\z"),
        ["CreateSchedule.Cron"] = new(Outcome.Taken, @"\A[0-9*/,A-Za-z -]+\z"), ["ChangeSchedule.Cron"] = new(Outcome.Taken, @"\A[0-9*/,A-Za-z -]+\z"),

        // One line of anybody's words.
        ["CreateClient.Name"] = new(Outcome.Taken, null, "clients.Name"), ["CreateAccount.Name"] = new(Outcome.Taken, null, "accounts.Name"), ["CreateToken.Name"] = new(Outcome.Taken, null, "api_tokens.Name"),
        ["InvitePerson.DisplayName"] = new(Outcome.Taken, null, "invitations.DisplayName"), ["CreateUser.DisplayName"] = new(Outcome.Taken, null, "invitations.DisplayName"),
        ["reason"] = new(Outcome.Taken, null, "clients.SuspendReason"), 

        // Only for the first person of all, and closed for good then.
        ["UserService.CreateFirstAdminAsync.email"] = Names, ["UserService.CreateFirstAdminAsync.displayName"] = Names, ["UserService.CreateFirstAdminAsync.password"] = Names,

        // The portal's own words: no request brings them.
        ["SessionService.StartAsync.device"] = Own, ["remoteAddress"] = Own, ["RequestKeys.BeginAsync.userId"] = Own, ["RequestKeys.EndAsync.userId"] = Own, ["RequestKeys.HoldAsync.userId"] = Own, ["RequestKeys.HoldAsync.key"] = Own, ["RequestKeys.ForgetAsync.userId"] = Own, ["RequestKeys.EndAsync.key"] = Own,
        ["RequestKeys.ForgetAsync.key"] = Own, ["location"] = Own, ["body"] = Own, ["SignInLimits.WaitAsync.userId"] = Own, ["SessionService.StartAsync.userId"] = Own,
        ["AuditService.SignInAsync.userId"] = Own, ["AuditService.OwnAccountAsync.userId"] = Own, ["AuditService.OwnAccountAsync.name"] = Own, ["action"] = Own, ["detail"] = Own,
    };
}

internal enum Outcome
{
    /// <summary>Nothing of that name exists.</summary>
    Existing,

    /// <summary>An answer, mostly an empty one, or a refusal; never a failure.</summary>
    Sought,

    /// <summary>Not from outside: not tried.</summary>
    Own,

    /// <summary>Never accepted: refused under the field's name.</summary>
    Chosen,

    /// <summary>Refused under the field's name, or accepted within the grammar and kept literally.</summary>
    Taken,
}
