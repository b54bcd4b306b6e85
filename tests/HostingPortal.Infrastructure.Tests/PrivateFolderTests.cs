using Xunit;

namespace HostingPortal.Infrastructure.Tests;

public sealed class PrivateFolderTests
{
    [Fact]
    public void Dispose_WithFiles_LeavesNothing()
    {
        string location;
        using (var folder = new PrivateFolder())
        {
            location = folder.Location;
            File.WriteAllText(folder.File("key"), "secret");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(location));
        }

        Assert.False(Directory.Exists(location));
    }
}
