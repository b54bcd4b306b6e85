namespace HostingPortal.Web.Components.Shared;

/// <summary>One part of the breadcrumbs; the last one has no link.</summary>
public sealed record Crumb(string Text, string? Href = null);
