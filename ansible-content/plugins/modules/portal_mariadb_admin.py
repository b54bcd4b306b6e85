#!/usr/bin/python
"""Keeps the portal's administrative account of MariaDB. Only the password's hash ever reaches the server or a command."""
from __future__ import annotations

import hashlib
import shutil

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: portal_mariadb_admin
short_description: Keep the portal's MariaDB account
options:
  password:
    description: Password of C(portal_admin@localhost).
    type: str
    required: true
author: HostingPortal
"""
EXAMPLES = """
- name: Keep the account
  portal_mariadb_admin:
    password: "{{ secret }}"
  no_log: true
"""
RETURN = """#"""
ACCOUNT = "'portal_admin'@'localhost'"


def main():
    module = AnsibleModule(argument_spec={"password": {"type": "str", "required": True, "no_log": True}}, supports_check_mode=True)
    hashed = "*" + hashlib.sha1(hashlib.sha1(module.params["password"].encode()).digest()).hexdigest().upper()
    if module.check_mode and not shutil.which("mariadb"):
        module.exit_json(changed=True)
    rc, grants, err = module.run_command(["mariadb", "--batch", "--skip-column-names", "--execute", f"SHOW GRANTS FOR {ACCOUNT}"])
    if rc and "no such grant" not in err.lower() and not module.check_mode:
        module.fail_json(msg=f"MariaDB does not answer: {err.strip()}", rc=rc)
    if rc == 0 and hashed in grants and "ALL PRIVILEGES ON *.*" in grants:
        module.exit_json(changed=False)
    if not module.check_mode:
        sql = f"CREATE OR REPLACE USER {ACCOUNT} IDENTIFIED BY PASSWORD '{hashed}'; GRANT ALL PRIVILEGES ON *.* TO {ACCOUNT} WITH GRANT OPTION;"
        rc, _, err = module.run_command(["mariadb", "--batch"], data=sql)
        if rc:
            module.fail_json(msg=f"the account can't be made: {err.strip().replace(hashed, '•••')}", rc=rc)
    module.exit_json(changed=True)


if __name__ == "__main__":
    main()
