namespace HostingPortal.Web.Components.Shared;

public enum DiffLineKind
{
    /// <summary>Name of the file that follows.</summary>
    File,

    /// <summary>Where in the file the next lines are.</summary>
    Place,
    Same,
    Added,
    Removed,
}

/// <param name="Old">Line number before, null where the line is new.</param>
/// <param name="New">Line number after, null where the line is gone.</param>
public sealed record DiffLine(DiffLineKind Kind, int? Old, int? New, string Text);
