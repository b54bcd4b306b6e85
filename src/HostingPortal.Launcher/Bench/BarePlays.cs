using System.Globalization;
using System.Text.Json;

namespace HostingPortal.Launcher.Bench;

/// <summary>
/// The play of a run once more on the same executor, without the portal: bare, or with ARA's callback recording it. Host keys are not compared: these are servers of the sandbox
/// on a bridge of this machine, and the executor has forgotten the run and its list of keys by then.
/// </summary>
internal sealed class BarePlays(ExecutorShell executor)
{
    /// <summary>Takes what the run took, and says how long ansible-playbook lasted and what it used.</summary>
    private const string Script = """
        import json, os, resource, shutil, subprocess, sys, time
        spec = json.loads(sys.argv[1])
        base, work, content = "/var/lib/hostingportal", "/root/bench", "/opt/hostingportal/content/" + spec["content"]
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work + "/inventory")
        subprocess.run(["git", "-c", "safe.directory=*", f"--git-dir={base}/inventories/{spec['project']}.git", f"--work-tree={work}/inventory", "checkout", "-qf", spec["commit"], "--", "."], check=True)
        for name in ("key", "vault"):
            shutil.copy(f"{base}/secrets/{spec['project']}/{name}", f"{work}/{name}")
            os.chmod(f"{work}/{name}", 0o600)
        ssh = "-o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no -o LogLevel=ERROR -o IdentitiesOnly=yes -o ControlMaster=auto -o ControlPersist=60s"
        env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": work, "ANSIBLE_HOME": work + "/ansible", "ANSIBLE_CONFIG": content + "/ansible.cfg", "ANSIBLE_STDOUT_CALLBACK": "default",
               "ANSIBLE_LOCAL_TEMP": work + "/tmp", "ANSIBLE_SSH_CONTROL_PATH_DIR": work + "/ssh", "ANSIBLE_SSH_ARGS": ssh, "ANSIBLE_PRIVATE_KEY_FILE": work + "/key",
               "ANSIBLE_VAULT_PASSWORD_FILE": work + "/vault"}
        if spec["ara"]:
            found = subprocess.run([sys.executable, "-m", "ara.setup.callback_plugins"], capture_output=True, text=True, check=True).stdout.strip()
            env |= {"ANSIBLE_CALLBACK_PLUGINS": found + ":" + content + "/plugins/callback", "ARA_BASE_DIR": work + "/ara"}
        argv = ["ansible-playbook", "--diff", "-i", work + "/inventory/hosts.yml", "--limit", spec["node"], "-e", '{"portal_run": "bench"}', f"{content}/playbooks/{spec['playbook']}.yml"]
        began = time.monotonic()
        done = subprocess.run(argv, env=env, cwd=content, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        took, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
        stored = 0
        if spec["ara"]:
            stored = sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk(work + "/ara") for f in files)
            if stored < 100000:
                sys.exit("ARA recorded nothing: " + done.stderr[-2000:])
        print(json.dumps({"seconds": took, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}))
        """;

    /// <summary>ARA from Debian, with what its recording into a file needs.</summary>
    public Task InstallAraAsync(CancellationToken ct) =>
        executor.RunAsync("DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; { apt-get -q update && apt-get -qy install --no-install-recommends python3-ara ara-server; } 2>&1", "", ct);

    /// <param name="run">The <c>run</c> of <c>GET runs/{id}</c>.</param>
    public async Task<PlayCost> PlayAsync(JsonElement run, bool ara, CancellationToken ct)
    {
        var spec = JsonSerializer.Serialize(new
        {
            project = run.GetProperty("projectId").GetString(), commit = run.GetProperty("inventoryCommit").GetString(), content = run.GetProperty("contentVersion").GetString(),
            playbook = run.GetProperty("playbook").GetString(), node = run.GetProperty("nodes")[0].GetProperty("nodeId").GetString(), ara,
        });
        var told = JsonDocument.Parse(await executor.RunAsync($"python3 - '{spec}'", Script, ct)).RootElement;
        return new PlayCost(told.GetProperty("seconds").GetDouble(), told.GetProperty("cpu").GetDouble(), told.GetProperty("memory").GetDouble());
    }
}

/// <param name="Seconds">From start to end.</param>
/// <param name="Cpu">Seconds of processor time.</param>
/// <param name="Memory">Megabytes, the most that was resident.</param>
internal sealed record PlayCost(double Seconds, double Cpu, double Memory)
{
    /// <summary>Processor time of a process so far, in seconds, and megabytes resident now. Sample of <c>/proc/PID/stat</c> after the name: <c>S 1 … 5210 731 …</c>.</summary>
    public static (double Cpu, double Memory) Of(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
        var resident = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        return ((double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100, double.Parse(resident, CultureInfo.InvariantCulture) / 1024);
    }
}
