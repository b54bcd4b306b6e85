using HostingPortal.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(MariaDbFixture))]
