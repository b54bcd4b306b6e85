namespace HostingPortal.Domain.NodeTemplates;

/// <summary>A kind of node: what it runs and what it needs. Read from <c>node-templates/{name}/template.yml</c> of the content.</summary>
/// <param name="ServerTypes">Preferred Hetzner server types, best first.</param>
/// <param name="Architectures"><c>x86</c>, <c>arm</c>.</param>
/// <param name="Images">Images it runs on, best first, e.g. <c>debian-13</c>.</param>
/// <param name="PhpVersions">PHP versions each image offers; empty for templates without PHP.</param>
public sealed record NodeTemplate(
    string Name,
    string Version,
    string Description,
    IReadOnlyList<string> Roles,
    decimal MinMemoryGigabytes,
    IReadOnlyList<string> Architectures,
    IReadOnlyList<string> ServerTypes,
    IReadOnlyList<string> Images,
    IReadOnlyList<TemplatePort> Ports,
    IReadOnlyDictionary<string, IReadOnlyList<string>> PhpVersions)
{
    /// <summary>Name of the template of Project Masters: one in each managed project, none elsewhere.</summary>
    public const string ProjectMaster = "project-master";
}

/// <summary>A port open to everybody, e.g. 443/tcp.</summary>
public sealed record TemplatePort(string Protocol, string Port, string Description);

/// <summary>The templates of the content this portal ships.</summary>
public interface INodeTemplates
{
    IReadOnlyList<NodeTemplate> All { get; }

    /// <summary>Version of the content, recorded with each run.</summary>
    string ContentVersion { get; }
}
