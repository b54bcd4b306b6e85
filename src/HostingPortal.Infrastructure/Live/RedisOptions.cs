namespace HostingPortal.Infrastructure.Live;

/// <summary>Redis between several instances, section <c>Redis</c>: it carries hints alone, nothing is kept there.</summary>
internal sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>As StackExchange.Redis reads it, e.g. <c>redis:6379,password=…</c>. Empty: instances ask the database a few times a second.</summary>
    public string Connection { get; set; } = "";

    /// <summary>Portals with databases of their own on one Redis need channels of their own.</summary>
    public string Channel { get; set; } = "hostingportal";
}
