namespace HostingPortal.Infrastructure;

/// <summary>A temporary folder only the portal's user can enter (0700), removed on dispose. Its path is short enough for unix sockets.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hp-");

    public string Location => folder.FullName;

    public string File(string name) => System.IO.Path.Combine(folder.FullName, name);

    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody cleaned the temporary folder: nothing is left to remove.
        }
    }
}
