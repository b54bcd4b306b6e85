namespace HostingPortal.Domain.Inventory;

/// <summary>
/// What a host_vars file holds, before it becomes YAML. Keys are constants of the code. Text that anybody outside the code chose is a plain string
/// here and always written as <c>!unsafe</c>, so that Ansible never reads it as a template.
/// </summary>
public sealed class VarsMap
{
    private readonly List<(string Key, object Value)> entries = [];

    public IReadOnlyList<(string Key, object Value)> Entries => entries;

    /// <summary>Values: string, long, int, bool, <see cref="VarsMap"/> or a list of these.</summary>
    public VarsMap Add(string key, object value)
    {
        entries.Add((key, value));
        return this;
    }
}

/// <summary>Writes variables as YAML; implemented with a YAML library outside of the domain. Equal maps give equal bytes.</summary>
public interface IVarsWriter
{
    string Write(VarsMap vars);
}

/// <summary>One feature's file in <c>host_vars/{node}/</c>: a whole file under one constant root key.</summary>
public interface IHostVarsSource
{
    /// <summary>File name without extension, e.g. <c>sites</c>.</summary>
    string File { get; }

    /// <summary>Null: the node has no such file.</summary>
    VarsMap? Render(DesiredNode node);
}
