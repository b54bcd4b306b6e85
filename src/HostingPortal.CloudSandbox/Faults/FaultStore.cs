namespace HostingPortal.CloudSandbox.Faults;

/// <summary>The faults in force, oldest first. Each matching one counts a call; the first that hits decides.</summary>
internal sealed class FaultStore
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private long _lastId;

    public Fault Add(Func<long, Fault> make)
    {
        lock (_gate)
        {
            var fault = make(++_lastId);
            _faults.Add(fault);
            return fault;
        }
    }

    public IReadOnlyList<Fault> All()
    {
        lock (_gate)
        {
            return [.. _faults];
        }
    }

    public void Clear(long? id = null)
    {
        lock (_gate)
        {
            _faults.RemoveAll(fault => id is null || fault.Id == id);
        }
    }

    public Fault? Find(string method, string path, string? tokenKey)
    {
        Fault? first = null;
        foreach (var fault in All())
        {
            var hits = fault.Hits(method, path, tokenKey);
            first ??= hits ? fault : null;
        }

        return first;
    }
}
