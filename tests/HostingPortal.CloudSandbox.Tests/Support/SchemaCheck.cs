using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>The part of JSON Schema that the official document uses, for answers.</summary>
internal static class SchemaCheck
{
    public static IEnumerable<string> Problems(JsonNode schema, JsonNode? value, string at)
    {
        schema = Resolve(schema);
        return Combined(schema, value, at).Concat(TypeProblems(schema, value, at)).Concat(Inside(schema, value, at)).Concat(Limits(schema, value, at));
    }

    private static JsonNode Resolve(JsonNode schema)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            schema = reference.Split('/').Skip(1).Aggregate(OpenApiDocument.Root, (node, key) => node[key]!);
        }

        return schema;
    }

    private static IEnumerable<string> Combined(JsonNode schema, JsonNode? value, string at)
    {
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            foreach (var problem in Problems(part!, value, at))
            {
                yield return problem;
            }
        }

        if (schema["oneOf"]?.AsArray() is { } choices && choices.Count(choice => !Problems(choice!, value, at).Any()) != 1)
        {
            yield return $"{at}: must fit exactly one of {choices.Count} choices";
        }
    }

    private static IEnumerable<string> TypeProblems(JsonNode schema, JsonNode? value, string at)
    {
        var allowed = schema["type"] switch
        {
            null => [],
            JsonArray several => several.Select(type => type!.GetValue<string>()).ToArray(),
            var one => [one.GetValue<string>()],
        };
        if (allowed.Length > 0 && !allowed.Any(type => IsOfType(type, value)))
        {
            yield return $"{at}: {value?.ToJsonString() ?? "null"} is not {string.Join(" or ", allowed)}";
        }

        if (value is not null && schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value)))
        {
            yield return $"{at}: {value.ToJsonString()} is not one of {values.ToJsonString()}";
        }
    }

    private static bool IsOfType(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static IEnumerable<string> Inside(JsonNode schema, JsonNode? value, string at) => value switch
    {
        JsonObject members => Members(schema, members, at),
        JsonArray items when schema["items"] is { } each => items.SelectMany((item, index) => Problems(each, item, $"{at}[{index}]")),
        _ => [],
    };

    private static IEnumerable<string> Members(JsonNode schema, JsonObject members, string at)
    {
        var known = schema["properties"]?.AsObject() ?? [];
        var missing = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name));
        var rest = schema["additionalProperties"];
        var closed = rest?.GetValueKind() == JsonValueKind.False;
        return missing.Select(name => $"{at}: {name} is missing").Concat(members.SelectMany(member =>
            known[member.Key] is { } own ? Problems(own, member.Value, $"{at}.{member.Key}")
            : closed ? [$"{at}: {member.Key} is not allowed"]
            : rest is JsonObject other ? Problems(other, member.Value, $"{at}.{member.Key}")
            : []));
    }

    private static IEnumerable<string> Limits(JsonNode schema, JsonNode? value, string at)
    {
        if (value?.GetValueKind() == JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            var fits = (schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)))
                && (schema["maxLength"] is not { } max || text.Length <= max.GetValue<int>())
                && (schema["minLength"] is not { } min || text.Length >= min.GetValue<int>());
            var format = schema["format"]?.GetValue<string>();
            if (!fits || (format == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
                || (format == "decimal" && !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)))
            {
                yield return $"{at}: '{text}' has the wrong form";
            }
        }
        else if (value?.GetValueKind() == JsonValueKind.Number)
        {
            var number = value.GetValue<decimal>();
            if (number < (schema["minimum"]?.GetValue<decimal>() ?? number) || number > (schema["maximum"]?.GetValue<decimal>() ?? number))
            {
                yield return $"{at}: {number} is out of range";
            }
        }
    }
}
