using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Persistence;

/// <summary>The database. Made through <see cref="IDbContextFactory{TContext}"/> and disposed in one method.</summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options) : IdentityUserContext<PortalUser>(options)
{
    public DbSet<Client> Clients => Set<Client>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<UserSession> Sessions => Set<UserSession>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<SignInTries> SignInTries => Set<SignInTries>();

    public DbSet<SignInRules> SignInRules => Set<SignInRules>();

    public DbSet<RequestKey> RequestKeys => Set<RequestKey>();

    public DbSet<HetznerAccount> Accounts => Set<HetznerAccount>();

    public DbSet<AccountAllotment> AccountAllotments => Set<AccountAllotment>();

    public DbSet<ZoneAllotment> ZoneAllotments => Set<ZoneAllotment>();

    public DbSet<ClaimedName> Names => Set<ClaimedName>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectMaster> ProjectMasters => Set<ProjectMaster>();

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<Site> Sites => Set<Site>();

    public DbSet<SiteName> SiteNames => Set<SiteName>();

    public DbSet<Certificate> Certificates => Set<Certificate>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<RunNode> RunNodes => Set<RunNode>();

    public DbSet<RunStep> RunSteps => Set<RunStep>();

    public DbSet<RunRequest> RunRequests => Set<RunRequest>();

    public DbSet<RunTask> RunTasks => Set<RunTask>();

    public DbSet<RunTaskResult> RunTaskResults => Set<RunTaskResult>();

    public DbSet<RunLogChunk> RunLogChunks => Set<RunLogChunk>();

    public DbSet<RunDiff> RunDiffs => Set<RunDiff>();

    public DbSet<Schedule> Schedules => Set<Schedule>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<NotificationMark> NotificationMarks => Set<NotificationMark>();

    public DbSet<NotificationRead> NotificationReads => Set<NotificationRead>();

    public DbSet<OpenFailure> OpenFailures => Set<OpenFailure>();

    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<NodeLock> NodeLocks => Set<NodeLock>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<StoredSecret> Secrets => Set<StoredSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        Conventions.Apply(builder);
    }
}
