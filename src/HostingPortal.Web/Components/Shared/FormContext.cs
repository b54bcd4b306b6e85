namespace HostingPortal.Web.Components.Shared;

/// <summary>What the fields of a form need to know of it.</summary>
public sealed class FormContext
{
    private readonly Dictionary<string, string> errors = new(StringComparer.OrdinalIgnoreCase);

    public bool Busy { get; set; }

    /// <summary>Refusal of the form as a whole.</summary>
    public Problem? Problem { get; set; }

    public IReadOnlyDictionary<string, string> Errors => errors;

    public string? ErrorOf(string field) => errors.GetValueOrDefault(field);

    public void Refuse(string field, string sentence) => errors[field] = sentence;

    public void Clear()
    {
        errors.Clear();
        Problem = null;
    }
}
