namespace HostingPortal.Domain.Runs;

/// <summary>What was started on the executor. The command holds no secret: keys and passwords reach Ansible as files of the unit.</summary>
/// <param name="AnsibleVersion">e.g. <c>2.19.0</c>, or null until Ansible said so.</param>
/// <param name="Unit">The systemd unit on the executor, e.g. <c>run-r-01jd4h2k9q7xw3vb.service</c>.</param>
/// <param name="Command">e.g. <c>ansible-playbook --diff -i inventory/hosts.yml --limit n-… playbooks/converge-nodes.yml</c>. Like the unit null for clients.</param>
public sealed record RunMachine(string? AnsibleVersion, string? Unit, string? Command)
{
    internal static string CommandOf(Run run)
    {
        List<string> words = ["ansible-playbook", "--diff", "-i", "inventory/hosts.yml", "--limit", string.Join(',', run.Nodes.Select(n => n.NodeId).Order(StringComparer.Ordinal))];
        if (run.Check)
        {
            words.Add("--check");
        }

        if (run.Tags.Length > 0)
        {
            words.AddRange(["--tags", run.Tags]);
        }

        return string.Join(' ', [.. words, $"playbooks/{run.Playbook}.yml"]);
    }
}
