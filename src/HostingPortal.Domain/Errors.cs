namespace HostingPortal.Domain;

/// <summary>
/// A rule of the portal refused the request. <see cref="Code"/> is a resource key with a whole sentence; <see cref="Values"/> fill its
/// placeholders; <see cref="Field"/> names the input that caused it, or null for the request as a whole.
/// </summary>
public sealed class RuleViolationException(string code, string? field = null, params (string Name, object? Value)[] values)
    : Exception($"{code}{(field is null ? "" : $" ({field})")}")
{
    public string Code { get; } = code;

    public string? Field { get; } = field;

    public IReadOnlyDictionary<string, object?> Values { get; } = values.ToDictionary(v => v.Name, v => v.Value);
}

/// <summary>The object does not exist, or not for this actor: both look the same from outside.</summary>
public sealed class NotFoundException() : Exception("Not found.");

/// <summary>
/// Something outside the portal failed in a way it can name. <see cref="Code"/> is a resource key (reason code) with a plain sentence.
/// </summary>
/// <param name="code">E.g. <c>hetzner.resource_unavailable</c>, <c>executor.unreachable</c>.</param>
/// <param name="detail">Technical text for the log, without secrets.</param>
/// <param name="transient">True when the same call may pass a little later.</param>
public sealed class OutsideException(string code, string detail, bool transient = false, Exception? inner = null) : Exception($"{code}: {detail}", inner)
{
    public string Code { get; } = code;

    public string Detail { get; } = detail;

    public bool Transient { get; } = transient;
}
