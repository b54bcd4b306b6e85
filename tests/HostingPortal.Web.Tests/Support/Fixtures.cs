using HostingPortal.Testing;
using HostingPortal.Web.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(MariaDbFixture))]

namespace HostingPortal.Web.Tests.Support;

/// <summary>Tests that share one running portal.</summary>
[CollectionDefinition(Name)]
public sealed class PortalCollection : ICollectionFixture<PortalHost>
{
    public const string Name = "portal";
}
