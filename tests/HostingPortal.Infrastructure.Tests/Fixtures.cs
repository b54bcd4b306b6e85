using HostingPortal.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(MariaDbFixture))]
[assembly: AssemblyFixture(typeof(SandboxFixture))]
