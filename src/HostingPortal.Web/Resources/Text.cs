namespace HostingPortal.Web.Resources;

/// <summary>Marks the resource files <c>Text.resx</c> (English) and <c>Text.de.resx</c> (German).</summary>
public sealed class Text;
