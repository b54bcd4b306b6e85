namespace HostingPortal.Infrastructure.Seeding;

/// <summary>How much is made up. Each project has two nodes; each node, site and run belongs to the project of its number, counted round.</summary>
internal sealed record SeedSize(int Clients, int Projects, int Sites, int Runs)
{
    public static SeedSize Large { get; } = new(200, 1_000, 10_000, 100_000);

    public int Nodes => 2 * Projects;
}
