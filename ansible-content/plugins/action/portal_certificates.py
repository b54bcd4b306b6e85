"""Sends the node's certificates, its authority and the broker's password to the module, past Ansible's templating."""
from __future__ import annotations

import json

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        try:
            wanted = {"acme": task_vars["portal_node"]["acme"], "certificates": task_vars.get("portal_certificates") or []}
            password = str(task_vars["portal_secrets"]["broker_password"])
        except (KeyError, TypeError):
            return {**result, "failed": True, "msg": "portal_node.acme or portal_secrets.broker_password is missing"}
        arguments = {"state": self._task.args.get("state", "present"), "wanted": json.dumps(wanted), "password": password}
        result.update(self._execute_module(module_name="portal_certificates", module_args=arguments, task_vars=task_vars))
        result.pop("invocation", None)
        return result
