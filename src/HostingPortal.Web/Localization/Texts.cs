using System.Globalization;
using HostingPortal.Domain;
using Microsoft.Extensions.Localization;

namespace HostingPortal.Web.Localization;

/// <summary>Sentences from the resources. Placeholders have names, e.g. <c>{node}</c>; plural entries end in <c>.One</c> and <c>.Other</c>.</summary>
public sealed class Texts(IStringLocalizerFactory localizers)
{
    private readonly IReadOnlyList<IStringLocalizer> books = [.. Books.Select(localizers.Create)];

    private static IReadOnlyList<Type> Books { get; } =
        [typeof(Resources.Text), typeof(Resources.Run), typeof(Resources.People), typeof(Resources.Masters), typeof(Resources.Notices), typeof(Resources.Refusal), typeof(Resources.Reason)];

    public string this[string key] => Find(key);

    public string this[string key, params ReadOnlySpan<(string Name, object? Value)> values] => Fill(Find(key), values);

    public bool Has(string key) => !Find(key).ResourceNotFound;

    /// <summary>The entry <c>{key}.One</c> or <c>{key}.Other</c>, with <c>{count}</c> filled.</summary>
    public string Plural(string key, int count, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var sentence = Fill(Find($"{key}.{(count == 1 ? "One" : "Other")}"), values);
        return Fill(sentence, ("count", count));
    }

    /// <summary>The sentence of a refusal; an unknown code reads as a general one that still names it.</summary>
    public string Of(RuleViolationException refusal) =>
        Has(refusal.Code)
            ? Fill(Find(refusal.Code), [.. refusal.Values.Select(v => (v.Key, v.Value))])
            : this["Error.Refused", ("code", refusal.Code)];

    /// <summary>A reason code as a sentence, or the code itself where there is none yet.</summary>
    public string Reason(string code) => Has("Reason." + code) ? this["Reason." + code] : this["Reason.Other", ("code", code)];

    private LocalizedString Find(string key)
    {
        foreach (var book in books)
        {
            if (book[key] is { ResourceNotFound: false } found)
            {
                return found;
            }
        }

        return books[^1][key];
    }

    private static string Fill(string sentence, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            sentence = sentence.Replace("{" + name + "}", Show(value), StringComparison.Ordinal);
        }

        return sentence;
    }

    private static string Show(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
        _ => value.ToString() ?? "",
    };
}
