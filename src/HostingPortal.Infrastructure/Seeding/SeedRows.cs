using System.Globalization;
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
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Infrastructure.Seeding;

/// <summary>The rows themselves, the same for the same size: one thing in twenty has failed.</summary>
/// <param name="token">Sealed with the portal's own key, which is tried on it at every start; nobody answers to it.</param>
internal sealed class SeedRows(SeedSize size, DateTime now, StoredSecret token)
{
    public const string Account = "a-seed";

    public IEnumerable<object[]> Accounts() =>
        [[token, new HetznerAccount { Id = Account, Name = "Made-up account", TokenId = token.Id, Token = token, TokenHint = "0000", CreatedAt = Days(400) }]];

    public IEnumerable<object[]> Clients()
    {
        for (var c = 0; c < size.Clients; c++)
        {
            yield return
            [
                new Client { Id = Id("c", c), Name = $"Client {c:0000}", CreatedAt = Days(400 - (c % 300)) },
                new AccountAllotment { AccountId = Account, ClientId = Id("c", c), MonthlyBudget = 1_000 },
            ];
        }
    }

    public IEnumerable<object[]> Projects() => Enumerable.Range(0, size.Projects).Select(p => new object[]
    {
        new Project
        {
            Id = Id("p", p), ClientId = ClientOf(p), AccountId = Account, Name = $"project-{p:0000}", Mode = ProjectMode.Direct, CreatedAt = Days(300), SshPublicKey = "ssh-ed25519 AAAA",
            SshKeySecretId = token.Id, VaultSecretId = token.Id, MonthlyBudget = 100,
        },
    });

    public IEnumerable<object[]> Nodes() => Enumerable.Range(0, size.Nodes).Select(n => new object[]
    {
        new Node
        {
            Id = Id("n", n), ProjectId = Id("p", n % size.Projects), Name = $"web-{1 + (n / size.Projects)}", Template = "lemp", TemplateVersion = "1.0.0", ServerType = "cx23", Location = "fsn1",
            Image = "debian-13", MonthlyPrice = 3.99m, Currency = "EUR", State = n % 20 == 7 ? NodeState.LastRunFailed : NodeState.Ready, StateReason = n % 20 == 7 ? "run.failed" : null,
            StateSince = Days(n % 60), CreatedAt = Days(200), ReadyAt = Days(200), CloudServerId = 1_000_000 + n, PublicIpv4 = $"198.18.{n / 250 % 250}.{1 + (n % 250)}",
        },
    });

    public IEnumerable<object[]> Sites()
    {
        for (var s = 0; s < size.Sites; s++)
        {
            var (project, node, client) = (Id("p", s % size.Projects), Id("n", s % size.Nodes), ClientOf(s % size.Projects));
            var ends = now.AddDays(5 + (s % 85));
            var name = new ClaimedName { Id = Id("d", s), ClientId = client, Name = $"www.site-{s:00000}.example", ProofToken = "portal-seed", VerifiedAt = Days(100), CreatedAt = Days(100) };
            var site = new Site
            {
                Id = Id("s", s), ProjectId = project, ClientId = client, NodeId = node, Kind = s % 2 == 0 ? SiteKind.Static : SiteKind.Php, PhpVersion = s % 2 == 0 ? null : "8.4",
                UnixUser = $"w{s:0000000}", CertificateId = Id("x", s), State = s % 20 == 3 ? SiteState.DoesNotAnswer : SiteState.Online, StateSince = Days(s % 90), CreatedAt = Days(s % 300),
                AnswerMilliseconds = 20 + (s % 200),
            };
            yield return
            [
                new Certificate { Id = Id("x", s), ProjectId = project, NodeId = node, State = s % 50 == 9 ? CertificateState.Failing : CertificateState.Valid, NotAfter = ends, CheckedAt = now, ToldEnd = ends },
                name, site, new SiteName { ClientId = client, SiteId = site.Id, NameId = name.Id, Canonical = true },
            ];
        }
    }

    public IEnumerable<object[]> Runs()
    {
        for (var r = 1; r <= size.Runs; r++)
        {
            var at = now.AddMinutes(-5 * (size.Runs - r));
            var failed = r % 20 == 0;
            yield return
            [
                new Run
                {
                    Id = r, Key = Id("r", r), Kind = r % 10 == 0 ? RunKind.Check : RunKind.Converge, ClientId = ClientOf(r % size.Projects), ProjectId = Id("p", r % size.Projects),
                    State = failed ? RunState.Failed : RunState.Succeeded, Reason = failed ? "run.task-failed" : null, RequestedBy = "Mara Lind", QueuedAt = at, StartedAt = at.AddSeconds(1),
                    EndedAt = at.AddSeconds(30), TaskCount = 40, TaskTotal = 40, ChangedCount = r % 7, Playbook = "converge-nodes",
                },
                new RunNode { RunId = r, ProjectId = Id("p", r % size.Projects), NodeId = Id("n", r % size.Nodes), Name = "web-1", Ok = 40, Failed = failed ? 1 : 0 },
            ];
        }
    }

    /// <summary>A change and an audit line for each second run, a notification for each that failed.</summary>
    public IEnumerable<object[]> History()
    {
        for (var r = 2; r <= size.Runs; r += 2)
        {
            var (client, at, site) = (ClientOf(r % size.Projects), now.AddMinutes(-5 * (size.Runs - r)), r % size.Sites);
            var change = new Change
            {
                Id = Id("ch", r), ClientId = client, ProjectId = Id("p", r % size.Projects), NodeId = Id("n", r % size.Nodes), ObjectKind = "site", ObjectId = Id("s", site),
                ObjectName = $"www.site-{site:00000}.example", Verb = "site.change", Feature = "sites", ActorName = "Mara Lind", At = at, RunId = r,
            };
            var line = new AuditEntry { At = at, ActorName = "Mara Lind", Action = "site.change", ClientId = client, ObjectKind = "site", ObjectId = change.ObjectId, ObjectName = change.ObjectName, RunId = r };
            yield return r % 20 != 0 ? [change, line] :
            [
                change, line,
                new Notification
                {
                    Kind = NotificationKind.RunFailed, ClientId = client, ProjectId = change.ProjectId, NodeId = change.NodeId, ObjectKind = "run", ObjectId = r.ToString(CultureInfo.InvariantCulture),
                    ObjectName = "web-1", RunId = r, RunKind = RunKind.Converge, Reason = "run.task-failed", At = at,
                },
            ];
        }
    }

    private DateTime Days(int ago) => now.AddDays(-ago);

    private string ClientOf(int project) => Id("c", project % size.Clients);

    private static string Id(string prefix, int number) => $"{prefix}-{number.ToString("0000000000000000", CultureInfo.InvariantCulture)}";
}
