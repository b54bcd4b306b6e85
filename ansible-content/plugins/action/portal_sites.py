"""Sends the node's whole set of sites to the module in one piece. Tenant text never passes through Ansible's templating."""
from __future__ import annotations

import base64
import json
import zlib

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        sites = task_vars.get("portal_sites") or []
        if not isinstance(sites, list):
            return {**result, "failed": True, "msg": "portal_sites is not a list"}
        packed = base64.b64encode(zlib.compress(json.dumps(sites).encode())).decode()
        arguments = {"sites": packed, "php_versions": [str(version) for version in self._task.args.get("php_versions", [])]}
        result.update(self._execute_module(module_name="portal_sites", module_args=arguments, task_vars=task_vars))
        return result
