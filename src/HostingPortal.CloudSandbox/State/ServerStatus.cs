namespace HostingPortal.CloudSandbox.State;

internal static class ServerStatus
{
    public const string Initializing = "initializing";
    public const string Starting = "starting";
    public const string Running = "running";
    public const string Stopping = "stopping";
    public const string Off = "off";
    public const string Rebuilding = "rebuilding";
    public const string Migrating = "migrating";
    public const string Deleting = "deleting";
}
