namespace HostingPortal.CloudSandbox.State;

/// <summary>A resource that lists can filter by id, name and labels.</summary>
internal interface ILabelled
{
    long Id { get; }

    string Name { get; }

    DateTimeOffset Created { get; }

    Dictionary<string, string> Labels { get; }
}
