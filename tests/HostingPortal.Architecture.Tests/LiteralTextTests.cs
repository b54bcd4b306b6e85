using System.Text.RegularExpressions;
using HostingPortal.Architecture.Tests.Support;
using Microsoft.AspNetCore.Components.Rendering;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace HostingPortal.Architecture.Tests;

/// <summary>Every sentence a page draws comes from the resources: what the compiler made of the pages holds no words of its own.</summary>
public sealed partial class LiteralTextTests
{
    /// <summary>Names that are the same in every language, and each language's name for itself.</summary>
    private static readonly HashSet<string> Names = ["HostingPortal", "English", "Deutsch", "Ansible", "IPv", "SSH", "TXT", "AAAA", "CNAME", "Enter", "Esc", "Ctrl", "host_vars"];

    private static readonly HashSet<string> Spoken = ["aria-label", "title", "placeholder", "alt", "Label", "Title", "Sentence", "Help", "Placeholder", "SearchLabel", "Submit", "What"];

    [Fact]
    public void Pages_DrawNoWordsOfTheirOwn() =>
        Assert.Empty(Compiled.Web.Written().SelectMany(type => Words(type).Select(words => $"{type.Name}: {words}")));

    [Fact]
    public void Sample_AViolation_IsFound() =>
        Assert.Equal(["<p>Nothing here yet</p>", "Close", "Delete it"], Words(Compiled.Here.Types.Single(t => t.Name == nameof(Samples.DrawsWords))));

    private static IEnumerable<string> Words(TypeDefinition type) =>
        type.AllMethods().Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(Drawn).OfType<string>().Where(text => Word().Matches(Plain(text)).Any(w => !Names.Contains(w.Value)));

    /// <summary>The literal a call of the builder draws, or null.</summary>
    private static string? Drawn(Instruction instruction)
    {
        if (instruction.Operand is not MethodReference call || call.DeclaringType.FullName != typeof(RenderTreeBuilder).FullName)
        {
            return null;
        }

        var (last, before) = (instruction.Previous, instruction.Previous?.Previous);
        return call.Name switch
        {
            "AddContent" or "AddMarkupContent" => last?.Operand as string,
            "AddAttribute" when before?.Operand is string name && Spoken.Contains(name) => last?.Operand as string,
            "AddComponentParameter" when before?.Operand is string text && before.Previous?.Operand is string name && Spoken.Contains(name) => text,
            _ => null,
        };
    }

    /// <summary>Without tags, but with what their spoken attributes say.</summary>
    private static string Plain(string text) => Tag().Replace(text, tag => string.Join(' ', Said().Matches(tag.Value).Select(m => m.Groups[1].Value)));

    [GeneratedRegex(@"\b[A-Za-z_]{3,}")]
    private static partial Regex Word();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")]
    private static partial Regex Said();
}
