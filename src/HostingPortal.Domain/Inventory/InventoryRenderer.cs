using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Inventory;

/// <summary>Desired state in, files out; no side effect. Equal state gives equal bytes.</summary>
public sealed class InventoryRenderer(IVarsWriter writer, IEnumerable<IHostVarsSource> sources)
{
    private readonly IHostVarsSource[] sources = sources.OrderBy(s => s.File, StringComparer.Ordinal).ToArray();

    public InventoryTree Render(DesiredProject project)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hosts.yml"] = writer.Write(Hosts(project)),
            ["group_vars/all/portal.yml"] = writer.Write(new VarsMap()
                .Add("ansible_user", "deploy")
                .Add("ansible_become", true)
                .Add("ansible_python_interpreter", "/usr/bin/python3")
                .Add("portal_project", project.Project.Id)),
        };
        var vaults = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var node in project.Nodes)
        {
            foreach (var source in sources)
            {
                if (source.Render(node) is { } vars)
                {
                    files[$"host_vars/{node.Node.Id}/{source.File}.yml"] = writer.Write(vars);
                }
            }

            vaults[$"host_vars/{node.Node.Id}/vault.yml"] = new Secret(writer.Write(new VarsMap().Add("portal_secrets", new VarsMap()
                .Add("mariadb_admin_password", node.DatabasePassword.Reveal())
                .Add("broker_password", node.BrokerPassword.Reveal()))));
        }

        return new InventoryTree(files, vaults);
    }

    private static VarsMap Hosts(DesiredProject project)
    {
        var groups = new VarsMap();
        foreach (var group in project.Nodes.GroupBy(n => n.Template.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var hosts = new VarsMap();
            foreach (var node in group.OrderBy(n => n.Node.Id, StringComparer.Ordinal))
            {
                hosts.Add(node.Node.Id, new VarsMap().Add("ansible_host", node.Address));
            }

            groups.Add(group.Key.Replace('-', '_'), new VarsMap().Add("hosts", hosts));
        }

        return new VarsMap().Add("all", new VarsMap().Add("children", groups));
    }
}
