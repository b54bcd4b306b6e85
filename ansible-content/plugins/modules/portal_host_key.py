#!/usr/bin/python
"""Replaces the host key that came with the order by one made on the node itself: prepared first, activated once it is pinned."""
from __future__ import annotations

import glob
import os

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: portal_host_key
short_description: Rotate the node's SSH host key once
description:
  - C(prepared) makes the new key and returns it; sshd still shows the old one.
  - C(active) puts it in place of all others and restarts sshd. Done once in a node's life.
options:
  state:
    description: Which half.
    type: str
    choices: [prepared, active]
    required: true
author: HostingPortal
"""
EXAMPLES = """
- name: Make a new host key
  portal_host_key:
    state: prepared
"""
RETURN = """
portal_host_key: {description: Type and base64 of the key the node shows., type: str, returned: when the key was rotated}
portal_next_host_key: {description: Type and base64 of the key the node will show next., type: str, returned: when the key was prepared}
"""
KEY, NEW, MARKER = "/etc/ssh/ssh_host_ed25519_key", "/etc/ssh/portal_new_host_key", "/var/lib/hostingportal/host-key-rotated"


def public(path):
    with open(f"{path}.pub", encoding="utf-8") as file:
        return " ".join(file.read().split()[:2])


def prepare(module):
    if os.path.exists(MARKER):
        return {"changed": False, "portal_host_key": public(KEY)}
    if module.check_mode:
        return {"changed": True, "msg": "a new host key will be made"}
    if not os.path.exists(f"{NEW}.pub"):
        module.run_command(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", NEW], check_rc=True)
    return {"changed": True, "portal_next_host_key": public(NEW)}


def activate(module):
    if os.path.exists(MARKER) or module.check_mode:
        return {"changed": not os.path.exists(MARKER)}
    key = public(NEW)
    for old in glob.glob("/etc/ssh/ssh_host_*_key*"):
        if not old.startswith(KEY):
            os.unlink(old)
    os.replace(NEW, KEY)
    os.replace(f"{NEW}.pub", f"{KEY}.pub")
    module.run_command(["sshd", "-t"], check_rc=True)
    module.run_command(["systemctl", "restart", "ssh"], check_rc=True)
    os.makedirs(os.path.dirname(MARKER), exist_ok=True)
    with open(MARKER, "w", encoding="utf-8") as file:
        file.write(key + "\n")
    return {"changed": True, "portal_host_key": key}


def main():
    module = AnsibleModule(argument_spec={"state": {"type": "str", "choices": ["prepared", "active"], "required": True}}, supports_check_mode=True)
    module.exit_json(**(prepare if module.params["state"] == "prepared" else activate)(module))


if __name__ == "__main__":
    main()
