"""Adds a freshly made host key to the run's known_hosts before sshd shows it, so that the same run goes on."""
from __future__ import annotations

import os

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        result.update(self._execute_module(module_name="portal_host_key", module_args=dict(self._task.args), task_vars=task_vars))
        path, key = task_vars.get("portal_known_hosts_file"), result.get("portal_next_host_key")
        if path and key and not self._task.check_mode:
            line = f"{task_vars['inventory_hostname']} {key}\n".encode()
            with open(str(path), "rb") as file:
                known = line in file.read()
            if not known:
                fd = os.open(str(path), os.O_WRONLY | os.O_APPEND)
                os.write(fd, line)
                os.close(fd)
        return result
