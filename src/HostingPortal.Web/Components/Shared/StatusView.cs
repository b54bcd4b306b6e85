namespace HostingPortal.Web.Components.Shared;

/// <summary>How a state looks: shape, colour class and the resource key of its word.</summary>
/// <param name="Tone">Colour class: <c>ok</c>, <c>bad</c>, <c>warn</c>, <c>accent</c> or <c>grey</c>.</param>
public sealed record StatusView(string Icon, string Tone, string TextKey);
