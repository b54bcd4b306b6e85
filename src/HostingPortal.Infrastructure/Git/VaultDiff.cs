using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Secrets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HostingPortal.Infrastructure.Git;

/// <summary>What changed in a vault file, by key. Sample line: <c>+portal_vault.mariadb_password: •••</c>.</summary>
internal static class VaultDiff
{
    private const string Hidden = "•••";

    /// <param name="before">Encrypted text, null where there was no file.</param>
    public static string Compare(string path, string? before, string? after, Secret password)
    {
        var text = new StringBuilder()
            .Append("diff --git a/").Append(path).Append(" b/").Append(path).Append('\n')
            .Append("--- ").Append(before is null ? "/dev/null" : $"a/{path}").Append('\n')
            .Append("+++ ").Append(after is null ? "/dev/null" : $"b/{path}").Append('\n');
        if (Read(before, password) is not { } old || Read(after, password) is not { } now)
        {
            return text.Append("@@ encrypted with another password @@\n").ToString();
        }

        text.Append("@@ encrypted @@\n");
        foreach (var key in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Where(k => old.GetValueOrDefault(k) != now.GetValueOrDefault(k)))
        {
            text.Append(old.ContainsKey(key) ? $"-{key}: {Hidden}\n" : "").Append(now.ContainsKey(key) ? $"+{key}: {Hidden}\n" : "");
        }

        return text.ToString();
    }

    private static Dictionary<string, string>? Read(string? vault, Secret password)
    {
        var values = new Dictionary<string, string>();
        if (vault is null)
        {
            return values;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(AnsibleVault.Decrypt(vault, password)));
            stream.Documents.ToList().ForEach(document => Flatten("", document.RootNode, values));
            return values;
        }
        catch (Exception e) when (e is CryptographicException or YamlException)
        {
            return null;
        }
    }

    private static void Flatten(string at, YamlNode node, Dictionary<string, string> values)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                {
                    Flatten(at.Length == 0 ? $"{key}" : $"{at}.{key}", value, values);
                }

                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                {
                    Flatten($"{at}[{i}]", list.Children[i], values);
                }

                break;
            default:
                values[at] = node.ToString();
                break;
        }
    }
}
