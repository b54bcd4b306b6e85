using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Faults;

/// <summary>What goes wrong with which calls. A call may be delayed and then also fail.</summary>
/// <param name="Id">Number of the fault in this process.</param>
/// <param name="Method">HTTP method, or <c>*</c>.</param>
/// <param name="Path">See <see cref="FaultPath"/>.</param>
/// <param name="FirstCall">The first matching call it happens to, counted from 1.</param>
/// <param name="Times">To how many calls in a row; null for all from the first on.</param>
/// <param name="TokenKey">Only calls with this token, as <see cref="WorldStore.KeyOf"/>; null for all.</param>
/// <param name="Status">Answer this HTTP status; without a code the body is no API error, as from a broken proxy.</param>
/// <param name="Code">Answer this API error code.</param>
/// <param name="Delay">Wait before anything else.</param>
/// <param name="Drop"><c>before</c> or <c>after</c> the effect the connection is closed without an answer.</param>
/// <param name="ActionError">The call succeeds but its actions end with this error and have no effect.</param>
internal sealed record Fault(
    long Id,
    string Method,
    FaultPath Path,
    int FirstCall,
    int? Times,
    string? TokenKey,
    int? Status,
    string? Code,
    TimeSpan Delay,
    string? Drop,
    ActionError? ActionError)
{
    private int _calls;

    /// <summary>How many calls matched so far, whether or not the fault happened to them.</summary>
    public int Calls => _calls;

    /// <summary>Counts a call that matches and tells whether the fault happens to it.</summary>
    public bool Hits(string method, string path, string? tokenKey)
    {
        if ((Method != "*" && Method != method) || (TokenKey is not null && TokenKey != tokenKey) || !Path.Matches(path))
        {
            return false;
        }

        var call = Interlocked.Increment(ref _calls);
        return call >= FirstCall && (Times is null || call < FirstCall + Times);
    }
}
