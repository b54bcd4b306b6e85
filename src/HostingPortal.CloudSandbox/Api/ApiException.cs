namespace HostingPortal.CloudSandbox.Api;

/// <summary>An answer of the form <c>{"error":{"code","message","details"}}</c>. CA1032: only ever made by <see cref="ApiErrors"/>.</summary>
#pragma warning disable CA1032
internal sealed class ApiException(int status, string code, string message, object? details = null) : Exception(message)
#pragma warning restore CA1032
{
    public int Status => status;

    public string Code => code;

    public object ToBody() => new { Error = new { Code = code, Message, Details = details } };
}
