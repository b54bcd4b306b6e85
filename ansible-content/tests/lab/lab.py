"""What the lab tests share: SSH to the servers named by the environment, the executor's verbs, inventories, events.

LAB_EXECUTOR, LAB_EXECUTOR_KEY     address of a throw-away Debian 13 with users `portal` and `labadmin` (both sudo), and the private key for both
LAB_NODES, LAB_NODE_KEY            addresses of throw-away Debian nodes with user `deploy` (sudo), comma-separated; their key
LAB_DEBIAN                         release of the nodes, 13 (default) or 12
LAB_GATEWAY                        optional: this machine's address as the nodes see it, for the certificate tests (Pebble and a broker listen there)
"""
import io
import json
import os
import secrets
import subprocess
import tarfile
import tempfile
import time
import unittest

ROOT = os.path.realpath(f"{os.path.dirname(__file__)}/../..")
PLAYBOOKS = f"{os.path.dirname(os.path.realpath(__file__))}/playbooks"
SCRATCH = tempfile.mkdtemp(prefix="portal-lab-")
EXECUTOR, EXECUTOR_KEY = os.environ.get("LAB_EXECUTOR", ""), os.environ.get("LAB_EXECUTOR_KEY", "")
NODES, NODE_KEY = [part for part in os.environ.get("LAB_NODES", "").split(",") if part], os.environ.get("LAB_NODE_KEY", "")
PROGRAM = "sudo -n /usr/local/sbin/portal-executor"


def ssh_command(user, address, key):
    options = {"StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null", "LogLevel": "ERROR", "ConnectTimeout": "10", "BatchMode": "yes",
               "ControlMaster": "auto", "ControlPersist": "30", "ControlPath": f"{SCRATCH}/%C", "IdentitiesOnly": "yes"}
    return ["ssh", "-i", key, *(f"-o{name}={value}" for name, value in options.items()), f"{user}@{address}"]


def on_executor(command, stdin=b"", check=True, user="portal"):
    """A command as the portal's own account, or as `labadmin`, who may do everything there."""
    done = subprocess.run([*ssh_command(user, EXECUTOR, EXECUTOR_KEY), command], input=stdin, capture_output=True, check=False)
    if check and done.returncode:
        raise AssertionError(f"{command} ended with {done.returncode}: {done.stdout.decode()}{done.stderr.decode()[-3000:]}")
    return done


def on_node(command, address=None, check=True):
    done = subprocess.run([*ssh_command("deploy", address or NODES[0], NODE_KEY), command], input=b"", capture_output=True, check=False)
    if check and done.returncode:
        raise AssertionError(f"{command} ended with {done.returncode}: {done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def verb(*words, body=None, check=True, raw=b""):
    """One verb of portal-executor, with an object or raw bytes on standard input; returns (exit code, answer)."""
    done = on_executor(f"{PROGRAM} {' '.join(words)}", raw if body is None else json.dumps(body).encode(), check)
    return done.returncode, json.loads(done.stdout)


def archive(extra=True):
    """The content as the portal sends it; with `extra` a playbook for exercising the executor goes along."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        tar.add(ROOT, ".", filter=lambda entry: None if "__pycache__" in entry.name or entry.name.endswith("catalog.json") else entry)
        with open(f"{ROOT}/playbooks/catalog.json", encoding="utf-8") as file:
            catalog = json.load(file)
        if extra:
            tar.add(f"{PLAYBOOKS}/exercise.yml", "./playbooks/exercise.yml")
            catalog["exercise"] = {"vars": {f"portal_exercise_{name}": "int" for name in ("lines", "seconds", "fail")}}
        data, entry = json.dumps(catalog).encode(), tarfile.TarInfo("./playbooks/catalog.json")
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def unsafe_yaml(value):
    """`value` as YAML in flow style, text quoted and marked as the portal does."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {unsafe_yaml(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(unsafe_yaml, value)) + "]"
    marked = isinstance(value, str) and ("{" in value or value.startswith("#"))
    return ("!unsafe " if marked else "") + json.dumps(value)


class Project:
    """An inventory in a clone of its own, pushed to the executor like the portal does."""

    def __init__(self, name):
        self.name = f"{name}-{secrets.token_hex(4)}"
        self.clone = f"{SCRATCH}/{self.name}"
        self.vault = secrets.token_hex(32)
        with open(NODE_KEY, encoding="utf-8") as file:
            verb("project", self.name, body={"private_key": file.read(), "vault_password": self.vault})
        self.git("init", "-q", "-b", "main", self.clone, cwd="/")

    def git(self, *words, cwd=None):
        env = {**os.environ, "GIT_SSH_COMMAND": " ".join(ssh_command("portal", EXECUTOR, EXECUTOR_KEY)[:-1]), "GIT_AUTHOR_NAME": "lab", "GIT_AUTHOR_EMAIL": "lab@example.test",
               "GIT_COMMITTER_NAME": "lab", "GIT_COMMITTER_EMAIL": "lab@example.test"}
        return subprocess.run(["git", *words], cwd=cwd or self.clone, env=env, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, files, push=True):
        """`files`: path → text or object; what lies in host_vars is written as tenant text. Returns the commit."""
        for path, value in files.items():
            os.makedirs(os.path.dirname(f"{self.clone}/{path}"), exist_ok=True)
            with open(f"{self.clone}/{path}", "w", encoding="utf-8") as file:
                file.write(value if isinstance(value, str) else unsafe_yaml(value) if path.startswith("host_vars/") else json.dumps(value))
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "lab")
        if push:
            self.git("push", "-q", f"portal@{EXECUTOR}:/var/lib/hostingportal/inventories/{self.name}.git", "HEAD:main")
        return self.git("rev-parse", "HEAD")

    def encrypted(self, value):
        """`value` as a file only ansible-vault opens."""
        for name, text in (("plain", unsafe_yaml(value)), ("password", self.vault)):
            with open(f"{SCRATCH}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run(["ansible-vault", "encrypt", "--vault-password-file", f"{SCRATCH}/password", "--output", f"{SCRATCH}/vault", f"{SCRATCH}/plain"], check=True, capture_output=True)
        with open(f"{SCRATCH}/vault", encoding="utf-8") as file:
            return file.read()


KNOWN = {}


def host_keys(address):
    """The host keys that a machine shows now, `ssh-ed25519 AAAA…`."""
    out = subprocess.run(["ssh-keyscan", "-t", "ed25519", address], capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split()[1:3]) for line in out.splitlines() if not line.startswith("#")]


def known_hosts(nodes):
    """known_hosts text for `nodes` (id → address): scanned once, later kept up to date by what runs report."""
    for node, address in nodes.items():
        if node not in KNOWN:
            KNOWN[node] = host_keys(address)
    return "".join(f"{node} {key}\n" for node in nodes for key in KNOWN[node])


def new_run():
    return f"lab-{int(time.time() * 1000):x}-{secrets.token_hex(3)}"


class Run:
    """A run that was started; `events` waits for its end."""

    def __init__(self, project, commit, content, playbook, nodes, name=None, **members):
        self.name = name or new_run()
        self.spec = {"run": self.name, "project": project, "commit": commit, "content": content, "playbook": playbook, "limit": sorted(nodes),
                     "known_hosts": known_hosts(nodes), **members}
        self.started = time.monotonic()
        self.answer = verb("start", self.name, body=self.spec)[1]

    def events(self, offset=0):
        """All events from a byte offset on; returns when the run has ended."""
        data = on_executor(f"{PROGRAM} follow {self.name} {offset}").stdout
        events = [json.loads(line) for line in data.decode().splitlines()]
        for event in events:
            key = event.get("data", {}).get("portal_host_key") if event["e"] == "result" else None
            if key and key not in KNOWN[event["h"]]:
                KNOWN[event["h"]].append(key)
        return events

    def wait_for(self, kind, seconds=30):
        """The first event of a kind, while the run goes on."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            data = on_executor(f"sudo -n cat /var/lib/hostingportal/runs/{self.name}/work/events.jsonl", user="labadmin").stdout
            found = [json.loads(line) for line in data.decode().splitlines() if f'"e":"{kind}"' in line]
            if found:
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no event {kind} within {seconds} s")


@unittest.skipUnless(EXECUTOR and NODES, "LAB_EXECUTOR and LAB_NODES name the servers")
class LabTest(unittest.TestCase):
    maxDiff = 4000

    def wait_for_sleep(self, wanted):
        for _ in range(100):
            if bool(on_node("pgrep -x sleep -a | grep 600 || true").strip()) is wanted:
                return
            time.sleep(0.1)
        self.fail(f"sleep on the node: wanted {wanted}")
