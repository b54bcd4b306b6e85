#!/usr/bin/python
"""Installs missing Debian packages in a systemd unit of its own, so that a cancelled run never leaves dpkg half done."""
from __future__ import annotations

import os
import re
import shutil
import time

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: portal_packages
short_description: Install Debian packages in a unit of their own
options:
  names:
    description: Packages that shall be installed.
    type: list
    elements: str
    required: true
  seconds:
    description: How long an installation may take.
    type: int
    default: 1500
author: HostingPortal
"""
EXAMPLES = """
- name: Install the web server
  portal_packages:
    names: [nginx]
"""
RETURN = """
installed: {description: Packages that were missing., type: list, returned: always}
"""
UNIT, LOG = "portal-apt.service", "/var/log/portal-apt.log"
SCRIPT = """
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
set -e
dpkg --configure -a
apt-get -q -o DPkg::Lock::Timeout=300 update
exec apt-get -qy -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold --no-install-recommends install "$@"
"""


def missing(module, names):
    _, out, _ = module.run_command(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *names])
    installed = {line.split()[0] for line in out.splitlines() if line.split()[1:2] == ["ii"]}
    return [name for name in names if name not in installed]


def wait_for_first_boot(module):
    """cloud-init installs packages too and holds their lock."""
    if os.path.isdir("/run/cloud-init") and not os.path.exists("/run/cloud-init/result.json") and shutil.which("cloud-init"):
        module.run_command(["cloud-init", "status", "--wait"])


def wait_for_unit(module, deadline):
    """An installation that an earlier run began goes on without it: let it finish."""
    while module.run_command(["systemctl", "is-active", "--quiet", UNIT])[0] == 0 and time.monotonic() < deadline:
        time.sleep(0.5)


def main():
    module = AnsibleModule(
        argument_spec={"names": {"type": "list", "elements": "str", "required": True}, "seconds": {"type": "int", "default": 1500}},
        supports_check_mode=True)
    names, deadline = sorted(set(module.params["names"])), time.monotonic() + module.params["seconds"]
    for name in names:
        if not re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", name):
            module.fail_json(msg=f"not a package name: {name}")
    wait_for_first_boot(module)
    wanted = missing(module, names)
    result = {"changed": bool(wanted), "installed": wanted, "diff": {"prepared": "".join(f"+ {name}\n" for name in wanted)}}
    if not wanted or module.check_mode:
        module.exit_json(**result)
    wait_for_unit(module, deadline)
    wanted = missing(module, names)
    if wanted:
        command = ["systemd-run", "--quiet", "--wait", "--collect", f"--unit={UNIT}", f"--property=StandardOutput=truncate:{LOG}", f"--property=StandardError=append:{LOG}",
                   f"--property=RuntimeMaxSec={module.params['seconds']}", "/bin/sh", "-c", SCRIPT, "sh", *wanted]
        rc, _, err = module.run_command(command)
        still = missing(module, names)
        if rc or still:
            with open(LOG, encoding="utf-8", errors="replace") as file:
                lines = file.read().strip().splitlines()
            told = [line for line in lines if line.startswith(("E:", "dpkg:"))] or lines[-1:] or [err.strip()]
            module.fail_json(msg=f"packages are missing ({' '.join(still)}): {told[0]}", rc=rc, stdout="\n".join(lines[-200:]))
    module.exit_json(**result)


if __name__ == "__main__":
    main()
