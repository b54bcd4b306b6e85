#!/usr/bin/python
"""Applies all sites of a node at once: accounts, homes, PHP pools, vhosts; a broken site is named and stays as it was."""
from __future__ import annotations

import base64
import difflib
import json
import os
import shutil
import zlib

from ansible.module_utils import portal_site_accounts as account_tools
from ansible.module_utils import portal_site_servers as servers
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.portal_site_files import CERTIFICATES, ID, files_of, is_text, problem_of, socket_of

DOCUMENTATION = """
module: portal_sites
short_description: Apply the whole set of a node's sites
description:
  - The action plugin of the same name sends the variable C(portal_sites); see the role's README for its form.
options:
  sites:
    description: The set as JSON, compressed by zlib, in base64.
    type: str
    required: true
  php_versions:
    description: PHP versions of the node.
    type: list
    elements: str
    default: []
author: HostingPortal
"""
EXAMPLES = """
- name: Apply the sites
  portal_sites:
    php_versions: ["8.4"]
"""
RETURN = """
portal_sites: {description: What became of each site., type: dict, returned: always}
"""
BASE = "/etc/hostingportal/sites"
CURRENT, SHOWN_DIFFS = f"{BASE}/current", 60


class Generation:
    """The files nginx and FPM read, as one folder that is switched as a whole."""

    def __init__(self):
        self.name = os.path.basename(os.readlink(CURRENT)) if os.path.islink(CURRENT) else ""
        self.files = {}
        for folder, _, names in os.walk(f"{BASE}/{self.name}") if self.name else ():
            for name in (name for name in names if name != "generation.conf"):
                with open(f"{folder}/{name}", encoding="utf-8") as file:
                    self.files[os.path.relpath(f"{folder}/{name}", f"{BASE}/{self.name}")] = file.read()

    def of(self, site_id):
        return {path: text for path, text in self.files.items() if os.path.basename(path) == f"{site_id}.conf"}

    def write(self, wanted, php_versions):
        """Lays the next generation out beside the current one; unchanged files are linked."""
        number = int(self.name.split("-")[1]) + 1 if self.name else 1
        name = f"generation-{number}"
        shutil.rmtree(f"{BASE}/{name}", ignore_errors=True)
        for part in ("nginx", *(f"php-{version}" for version in php_versions)):
            os.makedirs(f"{BASE}/{name}/{part}")
        for path, text in wanted.items():
            if self.files.get(path) == text:
                os.link(f"{BASE}/{self.name}/{path}", f"{BASE}/{name}/{path}")
            else:
                with open(f"{BASE}/{name}/{path}", "w", encoding="utf-8") as file:
                    file.write(text)
        with open(f"{BASE}/{name}/generation.conf", "w", encoding="utf-8") as file:
            file.write(f'return 200 "{name}";\n')
        return name

    @staticmethod
    def switch(name):
        if os.path.lexists(f"{CURRENT}.new"):
            os.unlink(f"{CURRENT}.new")
        os.symlink(name, f"{CURRENT}.new")
        os.replace(f"{CURRENT}.new", CURRENT)

    def tidy(self, kept):
        for name in os.listdir(BASE):
            if name.startswith("generation-") and name not in (self.name, kept):
                shutil.rmtree(f"{BASE}/{name}")


class Sites:
    """One call of the module, step by step; `failed` collects site id → reason."""

    def __init__(self, module):
        self.module, self.php_versions = module, module.params["php_versions"]
        self.failed, self.touched, self.present, self.absent = {}, set(), {}, []
        self.known, self.now = account_tools.accounts(), Generation()

    def sort(self, sites):
        """Tells good descriptions from bad ones; of two sites with one name or user the first keeps it."""
        taken = {}
        for number, site in enumerate(sites):
            reason = problem_of(site, self.php_versions)
            name = site["id"] if isinstance(site, dict) and is_text(site.get("id"), ID) else f"#{number + 1}"
            if not reason and site["state"] == "absent":
                self.absent.append(site)
                continue
            keys = [] if reason else [site["id"], f"user {site['user']}", *site["names"]]
            reason = reason or next((f"{key} is taken by {taken[key]}" for key in keys if key in taken), "")
            reason = reason or ("" if account_tools.belongs(site, self.known) else f"the account {site['user']} is not a site's")
            if reason:
                self.failed[name] = reason
            else:
                taken.update(dict.fromkeys(keys, site["id"]))
                self.present[site["id"]] = site

    def homes(self):
        """Accounts and homes that are missing."""
        new = [site for site in self.present.values() if site["user"] not in self.known]
        if new and not self.module.check_mode:
            error = account_tools.add_accounts(new, self.known)
            self.known = account_tools.accounts()
            for site in [site for site in new if site["user"] not in self.known]:
                self.fail(site["id"], f"the account can't be made: {error}")
        for site in list(self.present.values()):
            if not os.path.lexists(f"/home/{site['user']}"):
                self.touched.add(site["id"])
                if not self.module.check_mode:
                    account_tools.add_home(site, self.known)

    def fail(self, site_id, reason):
        self.failed[site_id] = reason
        self.present.pop(site_id, None)

    def waiting(self):
        """Sites whose certificate is not there yet: laid out, not public."""
        return {name for name, site in self.present.items() if not site["certificate"] or not os.path.exists(f"{CERTIFICATES}/{site['certificate']}/fullchain.pem")}

    def wanted(self, waiting):
        """Path → text of the next generation; a failed site keeps what it had."""
        files = {}
        for name, site in self.present.items():
            files.update(files_of({**site, "certificate": "" if name in waiting else site["certificate"]}))
        for name in self.failed:
            files.update(self.now.of(name))
        return files

    def changed_paths(self, wanted):
        return sorted(path for path in wanted.keys() | self.now.files.keys() if wanted.get(path) != self.now.files.get(path))

    def apply(self, wanted, waiting):
        """Writes, tests and switches; broken sites fall out on the way."""
        servers.raise_open_files()
        name = self.now.write(wanted, self.php_versions)
        changed = [path for path in self.changed_paths(wanted) if path in wanted]
        bad = {}
        for server in ("nginx", *(f"php-{version}" for version in self.php_versions)):
            bad.update(servers.broken([path for path in changed if path.startswith(f"{server}/")], servers.tester(f"{BASE}/{name}", server)))
        if bad:
            for path, reason in bad.items():
                self.fail(os.path.basename(path)[:-len(".conf")], reason)
            wanted = self.wanted(waiting)
            shutil.rmtree(f"{BASE}/{name}")
            if not self.changed_paths(wanted) and self.now.name:
                return
            name = self.now.write(wanted, self.php_versions)
        self.switch(name, self.changed_paths(wanted))

    def switch(self, name, changed):
        """New pools before new vhosts; back to the old files if nginx will not have them."""
        Generation.switch(name)
        self.touched.update(os.path.basename(path)[:-len(".conf")] for path in changed)
        for version in self.php_versions:
            if any(path.startswith(f"php-{version}/") for path in changed):
                pools = [socket_of(site) for site in self.present.values() if site["kind"] == "php" and site["php"] == version]
                self.stop_on(servers.reload_fpm(version, pools))
        error = servers.reload_nginx(name)
        if error and self.now.name:
            Generation.switch(self.now.name)
        self.stop_on(error)
        self.now.tidy(name)

    def make_up(self):
        """A run that was cut off had switched the files but not told the servers."""
        for version in self.php_versions:
            self.stop_on(servers.reload_fpm(version, []))
        self.stop_on(servers.reload_nginx(self.now.name))

    def stop_on(self, error):
        if error:
            self.module.fail_json(msg=error, portal_sites=self.report(set()))

    def report(self, waiting):
        return {"applied": sorted(set(self.present) - waiting), "waiting": sorted(waiting), "removed": sorted(site["id"] for site in self.absent),
                "failed": [{"id": name, "reason": reason} for name, reason in sorted(self.failed.items())], "changed": len(self.touched)}

    def diff(self, wanted):
        changed = self.changed_paths(wanted)
        parts = ["\n".join(difflib.unified_diff(self.now.files.get(path, "").splitlines(), wanted.get(path, "").splitlines(), path, path, lineterm="")) for path in changed[:SHOWN_DIFFS]]
        if len(changed) > SHOWN_DIFFS:
            parts.append(f"… and {len(changed) - SHOWN_DIFFS} more files")
        return [{"prepared": part} for part in parts]


def main():
    module = AnsibleModule(argument_spec={"sites": {"type": "str", "required": True}, "php_versions": {"type": "list", "elements": "str", "default": []}}, supports_check_mode=True)
    work = Sites(module)
    work.sort(json.loads(zlib.decompress(base64.b64decode(module.params["sites"]))))
    work.homes()
    waiting = work.waiting()
    wanted = work.wanted(waiting)
    gone = [site for site in work.absent if site["user"] in work.known]
    work.touched.update(site["id"] for site in gone)
    diff, changed = work.diff(wanted), bool(work.changed_paths(wanted)) or not work.now.name
    late = bool(work.now.name) and not module.check_mode and servers.live_generation() != work.now.name
    if module.check_mode:
        work.touched.update(os.path.basename(path)[:-len(".conf")] for path in work.changed_paths(wanted))
    else:
        if changed:
            work.apply(wanted, waiting)
        if late and os.path.basename(os.readlink(CURRENT)) == work.now.name:
            work.make_up()
        if gone:
            account_tools.remove(gone, work.known)
    waiting &= set(work.present)
    report = work.report(waiting)
    words = [f"{len(report[name])} {name}" for name in ("applied", "waiting", "removed", "failed") if report[name]]
    told = "; ".join(f"{entry['id']}: {entry['reason']}" for entry in report["failed"])
    module.exit_json(changed=bool(work.touched) or late or not work.now.name, msg=", ".join(words) + (f" ({told})" if told else ""), portal_sites=report, diff=diff)


if __name__ == "__main__":
    main()
