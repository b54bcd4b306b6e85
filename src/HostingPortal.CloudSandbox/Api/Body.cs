using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Reads a request body field by field and collects what is wrong; <see cref="Check"/> answers all of it at once.</summary>
internal sealed class Body(JsonElement json, string prefix = "")
{
    private readonly List<(string Field, string Message)> _problems = [];

    public bool Has(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    public bool IsNull(string name) => Has(name) && json.GetProperty(name).ValueKind == JsonValueKind.Null;

    public string? Text(string name, bool required = false, int min = 0, int max = int.MaxValue, Regex? pattern = null)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Fail<string>(name, "must be a string");
        }

        var text = value.GetString()!;
        return text.Length < Math.Max(min, required ? 1 : 0) ? Fail<string>(name, "is too short")
            : text.Length > max ? Fail<string>(name, "is too long")
            : pattern is not null && !pattern.IsMatch(text) ? Fail<string>(name, "has an invalid format")
            : text;
    }

    public string? OneOf(string name, string[] allowed, bool required = false)
    {
        var text = Text(name, required);
        return text is null || allowed.Contains(text) ? text : Fail<string>(name, $"must be one of {string.Join(", ", allowed)}");
    }

    /// <summary>An id or a name, as a string: official clients send both numbers and strings.</summary>
    public string? IdOrName(string name, bool required = false)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString()!.Length > 0 => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => Fail<string>(name, "must be an id or a name"),
        };
    }

    public long? Number(string name, bool required = false, long min = long.MinValue, long max = long.MaxValue)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), out var parsed))
        {
            return parsed;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            Fail<string>(name, "must be an integer");
            return null;
        }

        if (number < min || number > max)
        {
            Fail<string>(name, $"must be between {min} and {max}");
        }

        return number;
    }

    public bool? Flag(string name, bool required = false)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fail<string>(name, "must be a boolean");
        return null;
    }

    /// <summary>The elements of an array, or null when the field is missing or null.</summary>
    public IReadOnlyList<JsonElement>? Items(string name, bool required = false, int max = int.MaxValue)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Fail<IReadOnlyList<JsonElement>>(name, "must be an array");
        }

        return value.GetArrayLength() > max ? Fail<IReadOnlyList<JsonElement>>(name, $"must have at most {max} items") : [.. value.EnumerateArray()];
    }

    public IReadOnlyList<string>? Texts(string name, bool required = false) =>
        Items(name, required)?.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText()).ToList();

    /// <summary>An array of ids; strings of digits count.</summary>
    public IReadOnlyList<long>? Numbers(string name)
    {
        var texts = Texts(name);
        var numbers = texts?.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).ToList();
        return numbers?.Contains(0) == true ? Fail<IReadOnlyList<long>>(name, "must be an array of ids") : numbers;
    }

    /// <summary>Reads an array of objects, each with a body of its own whose problems are reported as <c>name.index.field</c>.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, Func<Body, T> read, bool required = false, int max = int.MaxValue) =>
        Items(name, required, max)?.Select((item, index) => Nested($"{name}.{index}", item, read)).ToList();

    public T? Object<T>(string name, Func<Body, T> read, bool required = false)
        where T : class =>
        Find(name, required, out var value) ? Nested(name, value, read) : null;

    public IEnumerable<(string Name, JsonElement Value)> Properties() =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(p => (p.Name, p.Value)) : [];

    public void Reject(string name, string message) => _problems.Add((prefix + name, message));

    /// <summary>Throws <c>invalid_input</c> naming every field that was read and found wrong.</summary>
    public void Check()
    {
        if (_problems.Count > 0)
        {
            throw ApiErrors.InvalidInput(_problems);
        }
    }

    private T Nested<T>(string name, JsonElement value, Func<Body, T> read)
    {
        var nested = new Body(value, $"{prefix}{name}.");
        var result = read(nested);
        _problems.AddRange(nested._problems);
        return result;
    }

    private bool Find(string name, bool required, out JsonElement value)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }

        value = default;
        if (required)
        {
            Reject(name, "is required");
        }

        return false;
    }

    private T? Fail<T>(string name, string message)
        where T : class
    {
        Reject(name, message);
        return null;
    }
}
