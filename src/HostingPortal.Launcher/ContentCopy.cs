namespace HostingPortal.Launcher;

/// <summary>The Ansible content with tasks added, for measuring and for watching what plays do.</summary>
internal static class ContentCopy
{
    /// <param name="text">Added to the end of a playbook's last play, e.g. <c>  post_tasks:</c> and what follows.</param>
    /// <returns>The copy's folder.</returns>
    public static string Make(Places places, IEnumerable<string> playbooks, string text)
    {
        var (from, to) = (Path.Combine(Path.GetDirectoryName(places.Web)!, "ansible-content"), Path.Combine(places.State, "content"));
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var name in playbooks)
        {
            var playbook = Path.Combine(to, "playbooks", name + ".yml");
            File.WriteAllText(playbook, $"{File.ReadAllText(playbook).TrimEnd()}\n{text}");
        }

        return to;
    }
}
