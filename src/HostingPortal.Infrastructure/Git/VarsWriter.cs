using System.Globalization;
using HostingPortal.Domain.Inventory;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HostingPortal.Infrastructure.Git;

/// <summary>
/// Writes variables as YAML. Every text value is double-quoted, and tagged <c>!unsafe</c> wherever a template could begin in it: Ansible then never reads it as
/// a template and YAML never as another type. Text without <c>{</c> and without <c>#</c> in front takes no tag, because ansible-core 2.19 forgets the quotes of
/// a tagged scalar: <c>!unsafe "8.4"</c> becomes a number there, <c>!unsafe ""</c> becomes null. Keys are constants of the code and are checked.
/// </summary>
internal sealed class VarsWriter : IVarsWriter
{
    /// <summary>Read by Ansible before templating exists: it takes no tag there.</summary>
    private static readonly HashSet<string> Plain = ["ansible_host", "ansible_user", "ansible_python_interpreter"];

    public string Write(VarsMap vars)
    {
        var stream = new YamlStream(new YamlDocument(Map(vars)));
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var settings = EmitterSettings.Default.WithBestWidth(int.MaxValue).WithNewLine("\n").WithIndentedSequences();
        stream.Save(new Emitter(text, settings), assignAnchors: false);
        var yaml = text.ToString();
        return "---\n" + (yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml);
    }

    private static YamlMappingNode Map(VarsMap vars)
    {
        var map = new YamlMappingNode();
        foreach (var (key, value) in vars.Entries)
        {
            if (!key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') || !char.IsAsciiLetterLower(key[0]))
            {
                throw new ArgumentException($"'{key}' is no variable name.", nameof(vars));
            }

            map.Add(new YamlScalarNode(key), Plain.Contains(key) && value is string text ? new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted } : Node(value));
        }

        return map;
    }

    private static YamlNode Node(object value) => value switch
    {
        string text when text.Contains('{') || text.StartsWith('#') => new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted, Tag = "!unsafe" },
        string text => new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted },
        bool truth => new YamlScalarNode(truth ? "true" : "false"),
        int or long => new YamlScalarNode(Convert.ToString(value, CultureInfo.InvariantCulture)),
        VarsMap map => Map(map),
        IEnumerable<object> list => new YamlSequenceNode(list.Select(Node)),
        _ => throw new ArgumentException($"{value.GetType().Name} has no place in variables.", nameof(value)),
    };
}
