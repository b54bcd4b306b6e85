using HostingPortal.Domain.NodeTemplates;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace HostingPortal.Infrastructure.Content;

/// <summary>Reads <c>node-templates/*/template.yml</c> of the content once.</summary>
internal sealed class NodeTemplateFiles : INodeTemplates
{
    public NodeTemplateFiles(AnsibleContent content)
    {
        ContentVersion = content.Version;
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        All = Directory.EnumerateFiles(Path.Combine(content.Folder, "node-templates"), "template.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => ToTemplate(reader.Deserialize<TemplateFile>(File.ReadAllText(file)))).ToList();
    }

    public IReadOnlyList<NodeTemplate> All { get; }

    public string ContentVersion { get; }

    private static NodeTemplate ToTemplate(TemplateFile file) => new(
        file.Name, file.Version, file.Description, file.Roles, file.MinMemoryGb, file.Architectures, file.PreferredServerTypes,
        file.Images.Select(i => i.Name).ToList(),
        file.Ports.Where(p => p.Sources == "everyone").Select(p => new TemplatePort(p.Protocol, p.Port, $"{p.Protocol} {p.Port}")).ToList(),
        file.Images.ToDictionary(i => i.Name, i => (IReadOnlyList<string>)i.PhpVersions));

    private sealed class TemplateFile
    {
        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public string Description { get; set; } = "";

        public List<string> Roles { get; set; } = [];

        public decimal MinMemoryGb { get; set; }

        public List<string> Architectures { get; set; } = [];

        public List<string> PreferredServerTypes { get; set; } = [];

        public List<ImageEntry> Images { get; set; } = [];

        public List<PortEntry> Ports { get; set; } = [];
    }

    private sealed class ImageEntry
    {
        public string Name { get; set; } = "";

        public List<string> PhpVersions { get; set; } = [];
    }

    private sealed class PortEntry
    {
        public string Protocol { get; set; } = "";

        public string Port { get; set; } = "";

        public string Sources { get; set; } = "";
    }
}
