#!/usr/bin/python
"""Reads who may reach this machine, as it is and not as it was written down: the loaded rules, and the keys that open Ansible's account. Changes nothing."""
from __future__ import annotations

import base64
import hashlib
import json
import os

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: portal_reach
short_description: Read the loaded firewall and the keys that open the machine
options:
  user:
    description: Ansible's account.
    type: str
    default: deploy
author: HostingPortal
"""
EXAMPLES = """
- name: Read who may come in
  portal_reach:
"""
RETURN = """
portal_reach:
  description: C(policy) of the input chain (empty without one), C(ways) as C(PORT from SOURCE), C(others) that accept something else, C(keys) as SHA-256 of each key of the account.
  type: dict
  returned: always
"""


def text(value):
    """One side of a comparison as it is written: an address, a range, a port or several."""
    if isinstance(value, dict) and "prefix" in value:
        return [f"{value['prefix']['addr']}/{value['prefix']['len']}"]
    if isinstance(value, dict) and "range" in value:
        return ["-".join(str(end) for end in value["range"])]
    if isinstance(value, dict) and "set" in value:
        return [part for member in value["set"] for part in text(member)]
    return [str(value)]


def read_rule(expressions):
    """(ports, sources) of a rule that lets TCP in, None for what every machine needs, or the rule's own text."""
    ports, sources, needed = [], [], False
    for expression in expressions:
        match = expression.get("match")
        if not match:
            continue
        payload, right = match["left"].get("payload", {}), match["right"]
        if payload.get("protocol") == "tcp" and payload.get("field") == "dport":
            ports = text(right)
        elif payload.get("field") == "saddr":
            sources = text(right)
        else:
            needed = "ct" in match["left"] or payload.get("protocol") in ("udp", "icmp", "ip") or match["left"].get("meta", {}).get("key") in ("iif", "l4proto")
    return (ports, sources) if ports else None if needed else json.dumps(expressions, sort_keys=True)


def read_rules(listing):
    policy, ways, others = "", [], []
    for entry in listing.get("nftables", []):
        policy = entry.get("chain", {}).get("policy", policy)
        expressions = entry.get("rule", {}).get("expr", [])
        if not any("accept" in expression or "jump" in expression or "goto" in expression for expression in expressions):
            continue
        found = read_rule(expressions)
        if isinstance(found, str):
            others.append(found)
        elif found:
            ways += [f"{port} from {source}" for port in found[0] for source in found[1] or ["everywhere"]]
    return policy, sorted(ways), others


def read_keys(user):
    """Hashes: a public key is a piece of its private one, which no run may print."""
    try:
        with open(os.path.expanduser(f"~{user}/.ssh/authorized_keys"), encoding="utf-8") as file:
            return sorted(hashlib.sha256(base64.b64decode(line.split()[1])).hexdigest() for line in file if line.startswith("ssh-"))
    except (OSError, ValueError, IndexError):
        return []


def main():
    module = AnsibleModule(argument_spec={"user": {"type": "str", "default": "deploy"}}, supports_check_mode=True)
    rc, out, _ = module.run_command(["nft", "-j", "list", "chain", "inet", "hostingportal", "input"])
    policy, ways, others = read_rules(json.loads(out)) if rc == 0 else ("", [], [])
    module.exit_json(changed=False, portal_reach={"policy": policy, "ways": ways, "others": others, "keys": read_keys(module.params["user"])})


if __name__ == "__main__":
    main()
