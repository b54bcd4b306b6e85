"""A node as the portal renders it, and its converge: for the tests of roles."""
import os
import secrets
import time

from lab import NODES, Project, Run, archive, verb

CONTENT = f"roles-{int(time.time()):x}"
NODE = {"n-lab-1": NODES[0]} if NODES else {}
DEBIAN = int(os.environ.get("LAB_DEBIAN", "13"))
PHP = {12: "8.2", 13: "8.4"}[DEBIAN]
SOURCES = ["198.18.0.0/15", "2001:db8::/32", "127.0.0.0/8"]

T = secrets.token_hex(3)  # the node may have seen these tests before


def site(number, **members):
    name = f"s{number}-{T}.test"
    return {"id": f"s-{T}-{number}", "user": f"s{T}{number}", "kind": "php", "state": "present", "names": [f"www.{name}", name],
            "canonical": f"www.{name}", "certificate": f"c-{T}-{number}", "php": PHP, **members}


def ids(*numbers):
    return [f"s-{T}-{number}" for number in numbers]


class Nodes:
    """An inventory of one node; `acme` may be changed between runs."""

    def __init__(self):
        code, answer = verb("content", CONTENT, raw=archive(), check=False)
        assert code == 0, answer
        self.project = Project("p-nodes")
        self.acme = {"directory": "https://192.0.2.1/dir", "email": "lab@example.test", "ca_pem": "", "broker_url": "http://192.0.2.1", "broker_user": "n-lab-1"}

    def files(self, sites, certificates=(), **changes):
        node = {"id": "n-lab-1", "name": "lab-1", "template": "lemp", "debian": DEBIAN, "public_ipv4": NODES[0], "public_ipv6": "2001:db8:200:11::1", "ssh_sources": SOURCES,
                "php_versions": [PHP], "acme": self.acme, **changes}
        return {"hosts.yml": {"all": {"children": {"lemp": {"hosts": {name: {"ansible_host": address, "ansible_port": 22} for name, address in NODE.items()}}}}},
                "group_vars/all/portal.yml": {"ansible_user": "deploy", "ansible_become": True, "ansible_python_interpreter": "/usr/bin/python3", "portal_project": "p-nodes"},
                "host_vars/n-lab-1/node.yml": {"portal_node": node},
                "host_vars/n-lab-1/sites.yml": {"portal_sites": sites},
                "host_vars/n-lab-1/certificates.yml": {"portal_certificates": list(certificates)},
                "host_vars/n-lab-1/vault.yml": self.project.encrypted({"portal_secrets": {"mariadb_admin_password": "canary {{ 7*7 }} p4ss'\"", "broker_password": "canary-broker"}})}

    def run(self, sites, certificates=(), node=None, **members):
        """Commits, converges; returns the events. `node` replaces members of the node's own."""
        commit = self.project.commit(self.files(sites, certificates, **(node or {})))
        return Run(self.project.name, commit, CONTENT, "converge-nodes", NODE, **members).events()
