namespace HostingPortal.Web.Components.Shared;

/// <summary>
/// What stands in a field whose value makes its way through the page or the address and comes back: who typed on meanwhile keeps the text, and what others set is taken over.
/// </summary>
public sealed class TypedText
{
    private readonly Queue<string> asked = [];
    private string known = "";

    public string Text { get; private set; } = "";

    public void Type(string? text) => Text = text ?? "";

    /// <summary>Notes that a value is on its way; returns it.</summary>
    public string Ask(string value)
    {
        if (value != known)
        {
            asked.Enqueue(value);
        }

        return value;
    }

    /// <summary>The value as it is now.</summary>
    public void Take(string? value)
    {
        if ((value ?? "") == known)
        {
            return;
        }

        known = value ?? "";
        if (!asked.Contains(known))
        {
            Text = known;
            asked.Clear();
            return;
        }

        while (asked.Dequeue() != known)
        {
            // Those before it were overtaken.
        }
    }
}
