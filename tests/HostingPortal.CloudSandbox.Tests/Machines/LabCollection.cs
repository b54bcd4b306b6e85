using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>Tests on real machines take turns: two cores boot one server quickly and five slowly, and boot times are measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LabCollection : ICollectionFixture<LabFixture>
{
    public const string Name = "lab";
}
