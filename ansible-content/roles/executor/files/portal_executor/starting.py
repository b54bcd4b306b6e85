"""Starting a run: test its specification, lay its folder out, hand it to systemd."""
import io
import json
import os
import pwd
import re
import shutil
import tarfile

from portal_executor.common import (
    BASE, CONTENT, NODE_LOCKS, Refusal, command, folder_of, lock, read_json, repository_of, require, tombstone_of, write_atomically)
from portal_executor.watching import status

WRAPPER, PROGRAM = "/usr/local/lib/hostingportal/portal-run", "/usr/local/sbin/portal-executor"
TREE_PATH = r"(hosts\.yml|group_vars/all/[a-z]+\.yml|host_vars/[a-z][a-z0-9-]{0,62}/[a-z]+\.yml)"


def checked_spec(run, spec):
    """The run's specification, every member tested."""
    spec = {"limit": [], "tags": [], "check": False, "known_hosts": "", "vars": {}, "timeout_seconds": 3600, **spec}
    known = {"run", "project", "commit", "content", "playbook", "limit", "tags", "check", "known_hosts", "vars", "timeout_seconds"}
    if set(spec) != known or spec["run"] != run or not isinstance(spec["check"], bool):
        raise Refusal("usage", "the specification has a missing, unknown or wrong member")
    for kind, member in (("PROJECT", "project"), ("commit", "commit"), ("VERSION", "content"), ("playbook", "playbook")):
        require(kind, spec[member])
    if not isinstance(spec["limit"], list) or not 1 <= len(spec["limit"]) <= 1000 or not isinstance(spec["tags"], list) or len(spec["tags"]) > 32:
        raise Refusal("usage", "limit names 1 to 1000 nodes, tags at most 32")
    spec["limit"] = sorted({require("node", node) for node in spec["limit"]})
    spec["tags"] = [require("tag", tag) for tag in spec["tags"]]
    if type(spec["timeout_seconds"]) is not int or not 10 <= spec["timeout_seconds"] <= 86400:
        raise Refusal("usage", "timeout_seconds is 10 to 86400")
    for line in str(spec["known_hosts"]).splitlines():
        require("known_host", line)
    root = f"{CONTENT}/{spec['content']}"
    if not os.path.isfile(f"{root}/playbooks/catalog.json"):
        raise Refusal("unknown", "this content is not installed")
    with open(f"{root}/playbooks/catalog.json", encoding="utf-8") as file:
        entry = json.load(file).get(spec["playbook"])
    if entry is None:
        raise Refusal("refused", "this content has no such playbook to run")
    if not isinstance(spec["vars"], dict):
        raise Refusal("usage", "vars is not an object")
    for name, value in spec["vars"].items():
        rule = entry["vars"].get(require("var", name))
        if rule is None or (type(value) is not int if rule == "int" else not isinstance(value, str) or not re.fullmatch(rule, value)):
            raise Refusal("usage", f"vars.{name} is not known or not valid")
    return spec


def checkout(spec, folder, group):
    """Writes the commit's files for reading by the run alone; anything but a plain file of our layout is refused."""
    git = ("git", f"--git-dir={repository_of(spec['project'])}")
    if not os.path.isdir(repository_of(spec["project"])) or command(*git, "cat-file", "-e", spec["commit"] + "^{commit}", user="portal", check=False) is None:
        raise Refusal("unknown", "there is no such project or commit")
    for entry in command(*git, "ls-tree", "-r", "-z", "--full-tree", spec["commit"], user="portal").split(b"\0")[:-1]:
        meta, path = entry.decode("utf-8", "replace").split("\t", 1)
        if not meta.startswith("100644 blob ") or not re.fullmatch(TREE_PATH, path):
            raise Refusal("refused", "the commit holds a file that does not belong into an inventory")
    archive = tarfile.open(fileobj=io.BytesIO(command(*git, "archive", "--format=tar", spec["commit"], user="portal")))
    for entry in (entry for entry in archive if entry.isreg()):
        os.makedirs(os.path.dirname(f"{folder}/{entry.name}"), 0o755, exist_ok=True)
        write_atomically(f"{folder}/{entry.name}", archive.extractfile(entry).read().decode(), 0o640, group, sync=False)


def prepare(spec, folder):
    account = pwd.getpwnam("portal-run")
    shutil.rmtree(folder, ignore_errors=True)
    for path, mode, user in ((folder, 0o710, 0), (f"{folder}/inventory", 0o755, 0), (f"{folder}/work", 0o700, account.pw_uid)):
        os.mkdir(path)
        os.chown(path, user, account.pw_gid)
        os.chmod(path, mode)
    checkout(spec, f"{folder}/inventory", account.pw_gid)
    write_atomically(f"{folder}/spec.json", json.dumps(spec), 0o640, account.pw_gid)
    for name, text in (("known_hosts", spec["known_hosts"].strip() + "\n"), ("events.jsonl", "")):
        write_atomically(f"{folder}/work/{name}", text, 0o600, account.pw_gid)
        os.chown(f"{folder}/work/{name}", account.pw_uid, account.pw_gid)


def start(run):
    """As the portal asks, with the specification on standard input."""
    return launch(run, read_json())


def launch(run, spec):
    """Prepares the run's folder and starts its unit; a second call for the same run changes nothing."""
    spec, folder = checked_spec(run, spec), folder_of(run)
    with lock(f"start-{run}"):
        if os.path.exists(tombstone_of(run)) or os.path.exists(f"{folder}/started"):
            found = status(run, locked=True)
            return {**found, "state": "ended" if found["state"] == "ended" else "already"}
        try:
            prepare(spec, folder)
            properties = ["Type=exec", "User=portal-run", "Group=portal-run", "KillMode=control-group", "TimeoutStopSec=5", "UMask=0077", "TasksMax=1024",
                          "NoNewPrivileges=yes", "PrivateTmp=yes", "ProtectSystem=strict", "ProtectHome=yes", "ProtectKernelTunables=yes", "RestrictSUIDSGID=yes",
                          "StandardInput=null", f"StandardOutput=append:{folder}/output.log", f"StandardError=append:{folder}/output.log",
                          f"RuntimeMaxSec={spec['timeout_seconds']}", f"ReadWritePaths={folder}/work {NODE_LOCKS}", "OOMPolicy=kill",
                          f"ExecStopPost=+{PROGRAM} _end {run}"]
            secrets = f"{BASE}/secrets/{spec['project']}"
            properties += [f"LoadCredential={name}:{secrets}/{name}" for name in ("key", "next", "vault") if os.path.exists(f"{secrets}/{name}")]
            write_atomically(f"{folder}/started", "", 0o600)
            command("systemd-run", "--quiet", "--collect", f"--unit=run-{run}", *(f"--property={item}" for item in properties), WRAPPER, run)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return {"state": "started"}
