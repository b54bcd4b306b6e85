#!/usr/bin/python
"""A role's files and units in one round trip: written together, tested together, put back if the test fails, then started."""
from __future__ import annotations

import difflib
import grp
import hashlib
import os
import pwd
import shlex
import shutil

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: portal_files
short_description: Write a set of files at once
description:
  - Writes files atomically, makes folders and links, removes what is no longer wanted.
  - With I(test), everything written is put back as it was when the command fails.
  - Units are enabled and started. Commands of I(apply) run once something was written, and are made up for at the next run when this one
    was cut off before they had succeeded; a handler would be lost with a failed or cancelled run.
options:
  files:
    description: What shall be there, in this order.
    type: list
    elements: dict
    required: true
    suboptions:
      path: {description: Absolute path., type: path, required: true}
      state: {description: What it is., type: str, choices: [file, directory, link, absent], default: file}
      content: {description: Whole text of a file; ends with a line feed., type: str, default: ""}
      target: {description: What a link points to., type: str, default: ""}
      mode: {description: Mode in octal., type: str, default: ""}
      owner: {description: User., type: str, default: root}
      group: {description: Group., type: str, default: root}
      secret: {description: Keep the content out of diffs., type: bool, default: false}
      unless: {description: Leave this entry out if there is anything at this path., type: str, default: ""}
  test:
    description: Command (argv) that must end with 0 after something was written.
    type: list
    elements: str
    default: []
  units:
    description: Units that shall be enabled and running once the files are there.
    type: list
    elements: str
    default: []
  apply:
    description: Commands that make what was written take effect, e.g. C(systemctl restart nginx).
    type: list
    elements: str
    default: []
author: HostingPortal
"""
EXAMPLES = """
- name: Configure sshd
  portal_files:
    files:
      - path: /etc/ssh/sshd_config.d/10-portal.conf
        content: "PermitRootLogin no"
    test: [sshd, -t]
"""
RETURN = """
changed_paths: {description: Paths that were not as wanted., type: list, returned: always}
started_units: {description: Units that were not enabled or not running., type: list, returned: always}
"""
PENDING = "/var/lib/hostingportal/pending"
SUBOPTIONS = {
    "path": {"type": "path", "required": True},
    "state": {"type": "str", "choices": ["file", "directory", "link", "absent"], "default": "file"},
    "content": {"type": "str", "default": ""},
    "target": {"type": "str", "default": ""},
    "mode": {"type": "str", "default": ""},
    "owner": {"type": "str", "default": "root"},
    "group": {"type": "str", "default": "root"},
    "secret": {"type": "bool", "default": False},
    "unless": {"type": "str", "default": ""},
}


class Entry:
    """One path: how it is, how it shall be."""

    def __init__(self, wanted):
        self.path, self.state, self.secret = wanted["path"], wanted["state"], wanted["secret"]
        self.mode = int(wanted["mode"] or ("0755" if self.state == "directory" else "0644"), 8)
        self.content = wanted["content"] if not wanted["content"] or wanted["content"].endswith("\n") else wanted["content"] + "\n"
        self.target = wanted["target"]
        self.owner_names = (wanted["owner"], wanted["group"])
        self.exists = os.path.lexists(self.path)
        self.link = os.readlink(self.path) if os.path.islink(self.path) else None
        self.folder = self.link is None and os.path.isdir(self.path)
        self.before = ""
        if self.exists and self.link is None and not self.folder:
            with open(self.path, encoding="utf-8", errors="replace") as file:
                self.before = file.read()
        self.status = os.lstat(self.path) if self.exists else None

    def owner(self):
        return pwd.getpwnam(self.owner_names[0]).pw_uid, grp.getgrnam(self.owner_names[1]).gr_gid

    def differs(self):
        if self.state == "absent":
            return self.exists
        if self.state == "link":
            return self.link != self.target
        try:
            owner = self.owner()
        except KeyError:  # in check mode the package that brings the account may be missing
            return True
        right = self.exists and self.link is None and self.folder is (self.state == "directory")
        right = right and self.status.st_mode & 0o7777 == self.mode and (self.status.st_uid, self.status.st_gid) == owner
        return not (right and (self.folder or self.before == self.content))

    def diff(self):
        """As unified text; only that it changes, for secrets, folders and links."""
        after = {"file": self.content, "link": f"-> {self.target}\n"}.get(self.state, "")
        before = f"-> {self.link}\n" if self.link is not None else self.before
        if self.secret or self.folder or self.state == "directory" or before == after:
            return {"prepared": f"{self.path}: {'removed' if self.state == 'absent' else 'changed' if self.exists else 'new'}"}
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), self.path, self.path, lineterm="")
        return {"prepared": "\n".join(lines)}

    def apply(self):
        temporary = f"{self.path}.portal-new"
        if self.state == "directory":
            os.makedirs(self.path, exist_ok=True)
            os.chown(self.path, *self.owner())
            os.chmod(self.path, self.mode)
            return
        if self.state == "absent":
            shutil.rmtree(self.path) if self.folder else os.unlink(self.path)
            return
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        if os.path.lexists(temporary):
            os.unlink(temporary)
        if self.state == "link":
            os.symlink(self.target, temporary)
        else:
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(self.content)
                os.fchown(file.fileno(), *self.owner())
                os.fchmod(file.fileno(), self.mode)
        os.replace(temporary, self.path)

    def restore(self):
        """Puts files and links back; folders that are new may stay."""
        if self.state == "directory" or (self.folder and self.state == "absent"):
            return
        if not self.exists:
            os.unlink(self.path)
        elif self.link is not None:
            os.unlink(self.path)
            os.symlink(self.link, self.path)
        else:
            with open(self.path, "w", encoding="utf-8") as file:
                file.write(self.before)
            os.chown(self.path, self.status.st_uid, self.status.st_gid)
            os.chmod(self.path, self.status.st_mode & 0o7777)


def idle_units(module, units):
    """Those of the units that are not enabled and running."""
    idle = []
    for unit in units:
        enabled, active = (module.run_command(["systemctl", "--quiet", question, unit])[0] == 0 for question in ("is-enabled", "is-active"))
        idle += [] if enabled and active else [unit]
    return idle


def write(module, entries, mark):
    for entry in entries:
        entry.apply()
    rc, out, err = module.run_command(module.params["test"]) if entries and module.params["test"] else (0, "", "")
    if rc:
        for entry in reversed(entries):
            entry.restore()
        if os.path.exists(mark):
            os.unlink(mark)
        module.fail_json(msg=f"{' '.join(module.params['test'])}: {(err or out).strip()}", rc=rc, stdout=out, stderr=err)


def pending_mark(module):
    """A file that is there from before the first write until the commands of `apply` have succeeded."""
    name = hashlib.sha256(repr((module.params["files"][0]["path"], module.params["apply"])).encode()).hexdigest()[:16]
    return f"{PENDING}/{name}"


def make_effective(module, mark, units_changed):
    if units_changed:
        module.run_command(["systemctl", "daemon-reload"], check_rc=True)
    for command in module.params["apply"]:
        rc, out, err = module.run_command(shlex.split(command))
        if rc:
            module.fail_json(msg=f"{command}: {(err or out).strip()}", rc=rc)
    if os.path.exists(mark):
        os.unlink(mark)


def main():
    texts = {"type": "list", "elements": "str", "default": []}
    module = AnsibleModule(
        argument_spec={"files": {"type": "list", "elements": "dict", "required": True, "options": SUBOPTIONS}, "test": texts, "units": texts, "apply": texts}, supports_check_mode=True)
    entries = [entry for entry in (Entry(wanted) for wanted in module.params["files"] if not (wanted["unless"] and os.path.lexists(wanted["unless"]))) if entry.differs()]
    idle = idle_units(module, module.params["units"])
    diff = [entry.diff() for entry in entries] + [{"prepared": f"{unit}: started"} for unit in idle]
    mark = pending_mark(module)
    late = bool(module.params["apply"]) and os.path.exists(mark)
    result = {"changed": bool(entries or idle or late), "changed_paths": [entry.path for entry in entries], "started_units": idle, "diff": diff}
    if module.check_mode or not result["changed"]:
        module.exit_json(**result)
    if entries and module.params["apply"]:
        os.makedirs(PENDING, 0o700, exist_ok=True)
        open(mark, "w", encoding="ascii").close()
    write(module, entries, mark)
    units_changed = late or any(entry.path.startswith("/etc/systemd/system/") for entry in entries)
    if idle:
        module.run_command(["systemctl", "daemon-reload"], check_rc=True)
        module.run_command(["systemctl", "enable", "--quiet", *idle], check_rc=True)
        rc, _, err = module.run_command(["systemctl", "start", *idle])
        if rc:
            module.fail_json(msg=f"does not start: {err.strip()}", rc=rc)
    if entries or late:
        make_effective(module, mark, units_changed)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
